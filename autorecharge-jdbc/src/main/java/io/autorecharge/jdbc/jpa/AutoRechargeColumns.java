package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * For showing a user's auto-recharge beside the rest of the user: the five columns that the library adds to the host's table, to be
 * {@code @Embedded} in the host's entity. They are read and never written, neither by an insert nor by an update, since a provider of
 * JPA writes every column of an entity that has changed, and so would undo what the library wrote after the entity was loaded. Settings
 * are changed through {@link io.autorecharge.AutoRecharge#configure}.
 *
 * <p>What the entity holds is as old as the entity: null before a new one was read back, and changed only by
 * {@code EntityManager.refresh}.
 *
 * <p><b>The host's balance needs the same care.</b> Map it {@code @Column(name = "credits", updatable = false)}; then saving a user, of
 * whom something else was changed, leaves alone a debit that happened meanwhile. Hibernate's {@code @DynamicUpdate} is the weaker way:
 * it writes changed columns only, but also a balance that the host itself has set.
 *
 * <p>Used by one thread at a time, as the entity that it is part of.
 */
@Embeddable
@Access(AccessType.FIELD)
public class AutoRechargeColumns {
    @Column(name = "auto_recharge_enabled", insertable = false, updatable = false)
    private @Nullable Boolean enabled;

    @Column(name = "auto_recharge_credits", insertable = false, updatable = false)
    private @Nullable Integer packageCredits;

    @Column(name = "auto_recharge_threshold", insertable = false, updatable = false)
    private @Nullable Double threshold;

    @Column(name = "stripe_customer_id", insertable = false, updatable = false)
    private @Nullable String stripeCustomerId;

    @Column(name = "stripe_payment_method_id", insertable = false, updatable = false)
    private @Nullable String stripePaymentMethodId;

    /** For the provider of JPA. */
    protected AutoRechargeColumns() {}

    /** Whether the user has switched auto-recharge on. */
    public boolean isEnabled() {
        return Boolean.TRUE.equals(enabled);
    }

    /** The package that the user chose; null before the first choice. */
    public @Nullable Integer getPackageCredits() {
        return packageCredits;
    }

    /** Below this balance a recharge is due; null where the host's column is empty or no number, and the usual threshold counts. */
    public @Nullable BigDecimal getThreshold() {
        return threshold == null || !Double.isFinite(threshold) ? null : BigDecimal.valueOf(threshold);
    }

    /** The user's id at Stripe; null before the first checkout. */
    public @Nullable String getStripeCustomerId() {
        return stripeCustomerId;
    }

    /** The saved payment method's id at Stripe; null while there is none. */
    public @Nullable String getStripePaymentMethodId() {
        return stripePaymentMethodId;
    }
}
