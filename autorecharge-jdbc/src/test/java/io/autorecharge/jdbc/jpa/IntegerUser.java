package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** A user of a host, with the columns that were added to its table. */
@Entity
@Table(name = "users")
class IntegerUser {
    @Id
    private Integer id;

    private String email;

    @Column(updatable = false)
    private Integer credits;

    @Embedded
    private AutoRechargeColumns autoRecharge;

    protected IntegerUser() {}

    IntegerUser(Integer id, Integer credits) {
        this.id = id;
        this.credits = credits;
    }

    void setEmail(String value) {
        email = value;
    }

    AutoRechargeColumns autoRecharge() {
        return autoRecharge;
    }
}
