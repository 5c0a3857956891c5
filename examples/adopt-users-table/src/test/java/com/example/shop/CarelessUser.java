package com.example.shop;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** What the README warns against: an entity that writes its balance with every other change. */
@Entity
@Table(name = "users")
class CarelessUser {
    @Id
    private Integer id;

    private String name;
    private int credits;

    protected CarelessUser() {}

    void setName(String name) {
        this.name = name;
    }

    int getCredits() {
        return credits;
    }
}
