package io.autorecharge.jdbc.jpa;

import io.autorecharge.store.RechargeState;
import io.autorecharge.store.Trigger;
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
 * The recharges, {@code auto_recharge_recharges}, without the account id: a superclass for an entity of a host whose account ids are not text.
 * A subclass adds the column {@code account_id} as {@link CreditTransactionColumns} shows, with the key
 * {@code record Key(Integer accountId, String id)}. A recharge changes until it is closed, but not through JPA: persisting, changing or removing
 * one throws {@link UnsupportedOperationException}.
 */
@MappedSuperclass
@Access(AccessType.FIELD)
public abstract class RechargeColumns extends ReadOnlyRow {
    @Id
    @Column(name = "id", updatable = false)
    private String id;

    @Column(name = "triggered_by", updatable = false, length = 20)
    @Enumerated(EnumType.STRING)
    private Trigger triggeredBy;

    @Column(name = "state", updatable = false, length = 20)
    @Enumerated(EnumType.STRING)
    private RechargeState state;

    @Column(name = "package_credits", updatable = false)
    private int packageCredits;

    @Column(name = "credits", updatable = false, precision = 19, scale = 6)
    private BigDecimal credits;

    @Column(name = "bonus", updatable = false, precision = 19, scale = 6)
    private BigDecimal bonus;

    @Column(name = "price_minor", updatable = false)
    private long priceMinor;

    @Column(name = "price_currency", updatable = false, length = 3)
    private String priceCurrency;

    @Column(name = "balance", updatable = false, precision = 19, scale = 6)
    private BigDecimal balance;

    @Column(name = "opened_at", updatable = false)
    private Instant openedAt;

    @Column(name = "closed_at", updatable = false)
    private @Nullable Instant closedAt;

    /** For the JPA provider, which sets all fields that are not null. */
    @SuppressWarnings("NullAway.Init")
    protected RechargeColumns() {}

    /** Unique within the account. */
    public String getId() {
        return id;
    }

    /** What triggered the recharge. */
    public Trigger getTriggeredBy() {
        return triggeredBy;
    }

    /** Its state. */
    public RechargeState getState() {
        return state;
    }

    /** The package that was chosen. */
    public int getPackageCredits() {
        return packageCredits;
    }

    /** Paid credits. */
    public BigDecimal getCredits() {
        return credits;
    }

    /** Bonus credits. */
    public BigDecimal getBonus() {
        return bonus;
    }

    /** The price in the currency's smallest unit, cents for USD. */
    public long getPriceMinor() {
        return priceMinor;
    }

    /** The price's currency, as ISO 4217 writes it. */
    public String getPriceCurrency() {
        return priceCurrency;
    }

    /** The balance at the time of the decision. */
    public BigDecimal getBalance() {
        return balance;
    }

    /** When it was decided. */
    public Instant getOpenedAt() {
        return openedAt;
    }

    /** When it left {@code OPEN}: paid, failed or abandoned; null while it is open. */
    public @Nullable Instant getClosedAt() {
        return closedAt;
    }
}
