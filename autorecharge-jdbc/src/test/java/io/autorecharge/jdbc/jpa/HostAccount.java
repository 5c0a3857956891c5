package io.autorecharge.jdbc.jpa;

import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** A host's entity over the library's own table, whose threshold is exact. */
@Entity
@Table(name = "credit_accounts")
class HostAccount {
    @Id
    private String id;

    private String email;

    @Column(precision = 19, scale = 6, updatable = false)
    private BigDecimal credits;

    @Embedded
    @AttributeOverride(
            name = "threshold",
            column =
                    @Column(
                            name = "auto_recharge_threshold",
                            columnDefinition = "numeric",
                            insertable = false,
                            updatable = false))
    private AutoRechargeColumns autoRecharge;

    protected HostAccount() {}

    HostAccount(String id, String credits) {
        this.id = id;
        this.credits = new BigDecimal(credits);
    }

    void setEmail(String value) {
        email = value;
    }

    String email() {
        return email;
    }

    BigDecimal credits() {
        return credits;
    }

    AutoRechargeColumns autoRecharge() {
        return autoRecharge;
    }
}
