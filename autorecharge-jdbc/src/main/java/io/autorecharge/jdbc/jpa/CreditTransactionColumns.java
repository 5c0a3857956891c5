package io.autorecharge.jdbc.jpa;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.EntryType;
import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.MappedSuperclass;
import java.math.BigDecimal;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The ledger, {@code credit_transactions}, without the account id: a superclass for an entity of a host whose account ids are not text. The
 * subclass adds the account id in the type of the host's key, and the primary key:
 *
 * <pre>{@code
 * @Entity
 * @Table(name = "credit_transactions")
 * @IdClass(CreditTransaction.Key.class)
 * class CreditTransaction extends CreditTransactionColumns {
 *     @Id
 *     @Column(name = "user_id")
 *     private Integer userId;
 *
 *     record Key(Integer userId, long sequence) {}
 * }
 * }</pre>
 *
 * <p>Rows are immutable. Persisting, changing or removing one throws {@link UnsupportedOperationException}. Safe for use by many threads
 * once loaded.
 */
@MappedSuperclass
@Access(AccessType.FIELD)
public abstract class CreditTransactionColumns extends ReadOnlyRow {
    @Id
    @Column(name = "seq", updatable = false)
    private long sequence;

    @Column(name = "type", updatable = false, length = 20)
    @Enumerated(EnumType.STRING)
    private EntryType type;

    @Column(name = "category", updatable = false, length = 20)
    @Enumerated(EnumType.STRING)
    private @Nullable Category category;

    @Column(name = "amount", updatable = false, precision = 19, scale = 6)
    private BigDecimal amount;

    @Column(name = "balance_after", updatable = false, precision = 19, scale = 6)
    private BigDecimal balanceAfter;

    @Column(name = "description", updatable = false, length = 500)
    private String description;

    @Column(name = "reference", updatable = false, length = 300)
    private String reference;

    @Column(name = "linked_to", updatable = false, length = 300)
    private @Nullable String linkedTo;

    @Column(name = "created_at", updatable = false)
    private Instant createdAt;

    /** For the JPA provider, which sets all fields that are not null. */
    @SuppressWarnings("NullAway.Init")
    protected CreditTransactionColumns() {}

    /** 1, 2, 3 … without gaps within the account. */
    public long getSequence() {
        return sequence;
    }

    /** Why it was written. */
    public EntryType getType() {
        return type;
    }

    /** The category of added credits; null for a debit. */
    public @Nullable Category getCategory() {
        return category;
    }

    /** The signed amount; negative for a debit. */
    public BigDecimal getAmount() {
        return amount;
    }

    /** The balance of the account after this entry. */
    public BigDecimal getBalanceAfter() {
        return balanceAfter;
    }

    /** A description for people. */
    public String getDescription() {
        return description;
    }

    /** Unique within the account. */
    public String getReference() {
        return reference;
    }

    /** The reference of the purchase that a bonus or a reversal belongs to. */
    public @Nullable String getLinkedTo() {
        return linkedTo;
    }

    /** When it was written. */
    public Instant getCreatedAt() {
        return createdAt;
    }
}
