package com.example.shop;

import io.autorecharge.jdbc.jpa.AutoRechargeColumns;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

@Entity
@Table(name = "users")
class User {
    @Id
    @GeneratedValue(strategy = GenerationType.IDENTITY)
    private Integer id;

    private String email;
    private String password;
    private String name;

    // Hibernate writes every column of an entity that has changed: a new name would bring an old balance back.
    @Column(updatable = false)
    private int credits;

    @Embedded
    private AutoRechargeColumns autoRecharge;

    protected User() {}

    Integer getId() {
        return id;
    }

    String getEmail() {
        return email;
    }

    String getPassword() {
        return password;
    }

    String getName() {
        return name;
    }

    void setName(String name) {
        this.name = name;
    }

    int getCredits() {
        return credits;
    }

    AutoRechargeColumns getAutoRecharge() {
        return autoRecharge;
    }
}
