package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * The recharges, {@code auto_recharge_recharges}, for JPQL and repositories of hosts whose account ids are text. For other ids, and for
 * the limits of a row, see {@link RechargeColumns}.
 */
@Entity
@Table(name = "auto_recharge_recharges")
@IdClass(RechargeEntity.Key.class)
@Access(AccessType.FIELD)
public class RechargeEntity extends RechargeColumns {
    /**
     * The key for {@code EntityManager.find}.
     *
     * @param accountId the account
     * @param id within the account
     */
    public record Key(String accountId, String id) {}

    @Id
    @Column(name = "account_id", updatable = false)
    private String accountId;

    /** For the JPA provider, which sets all fields that are not null. */
    @SuppressWarnings("NullAway.Init")
    protected RechargeEntity() {}

    /** The account that is recharged. */
    public String getAccountId() {
        return accountId;
    }
}
