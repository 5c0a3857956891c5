package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;

/**
 * The ledger, {@code credit_transactions}, for JPQL and repositories of hosts whose account ids are text. For other ids, and for
 * the limits of a row, see {@link CreditTransactionColumns}.
 */
@Entity
@Table(name = "credit_transactions")
@IdClass(CreditTransactionEntity.Key.class)
@Access(AccessType.FIELD)
public class CreditTransactionEntity extends CreditTransactionColumns {
    /**
     * The key for {@code EntityManager.find}.
     *
     * @param userId the account
     * @param sequence within the account
     */
    public record Key(String userId, long sequence) {}

    @Id
    @Column(name = "user_id", updatable = false)
    private String userId;

    /** For the JPA provider, which sets all fields that are not null. */
    @SuppressWarnings("NullAway.Init")
    protected CreditTransactionEntity() {}

    /** The account whose credits changed. */
    public String getUserId() {
        return userId;
    }
}
