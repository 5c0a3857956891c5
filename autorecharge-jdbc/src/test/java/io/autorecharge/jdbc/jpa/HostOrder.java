package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** Something else that the host writes. */
@Entity
@Table(name = "orders")
class HostOrder {
    @Id
    private String id;

    protected HostOrder() {}

    HostOrder(String id) {
        this.id = id;
    }
}
