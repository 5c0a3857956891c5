package io.autorecharge.spring;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What a host with JPA writes in the transaction of a debit. */
@Entity
@Table(name = "orders")
class ShopOrder {
    @Id
    private String id;

    protected ShopOrder() {}

    ShopOrder(String id) {
        this.id = id;
    }
}
