package io.autorecharge.spring;

import io.autorecharge.jdbc.jpa.AutoRechargeColumns;
import jakarta.persistence.AttributeOverride;
import jakarta.persistence.Column;
import jakarta.persistence.Embedded;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.math.BigDecimal;

/** An account as a host with JPA sees it. */
@Entity
@Table(name = "credit_accounts")
class ShopAccount {
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

    protected ShopAccount() {}

    ShopAccount(String id, int credits) {
        this.id = id;
        this.credits = BigDecimal.valueOf(credits);
    }

    void setEmail(String value) {
        email = value;
    }

    String email() {
        return email;
    }

    AutoRechargeColumns autoRecharge() {
        return autoRecharge;
    }
}
