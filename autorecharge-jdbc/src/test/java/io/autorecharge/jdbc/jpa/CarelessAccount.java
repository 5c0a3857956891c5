package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** What the documentation warns of: a balance that is written with whatever else has changed. */
@Entity
@Table(name = "credit_accounts")
class CarelessAccount {
    @Id
    private String id;

    private String email;

    private BigDecimal credits;

    void setEmail(String value) {
        email = value;
    }
}
