package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;

/** The account as an association: the host navigates from a recharge to its user. */
@Entity
@Table(name = "auto_recharge_recharges")
@IdClass(IntegerRecharge.Key.class)
class IntegerRecharge extends RechargeColumns {
    @Id
    @ManyToOne
    @JoinColumn(name = "account_id")
    private IntegerUser user;

    IntegerUser user() {
        return user;
    }

    record Key(Integer user, String id) {}
}
