package io.autorecharge.jdbc.jpa;

import jakarta.persistence.Access;
import jakarta.persistence.AccessType;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * The five columns that the library adds to the host's table, to be {@code @Embedded} in the host's entity, for example to show them with the
 * user. JPA reads them and never writes them. A JPA provider writes every column of a changed entity, and would overwrite what the library has
 * written since the entity was loaded. Change settings through {@link io.autorecharge.AutoRecharge#configure}.
 *
 * <p>The values are as old as the entity. They are null in a new entity, and only {@code EntityManager.refresh} updates them.
 *
 * <p><b>The host's balance needs the same care.</b> Map it with {@code @Column(name = "credits", updatable = false)}. Then saving a changed user
 * does not overwrite a debit that happened in the meantime. Hibernate's {@code @DynamicUpdate} is weaker: it writes only changed columns, but also
 * a balance that the host has set.
 *
 * <p>Used by one thread at a time, like its entity.
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

    /** For the JPA provider. */
    protected AutoRechargeColumns() {}

    /** Whether the user has enabled auto-recharge. */
    public boolean isEnabled() {
        return Boolean.TRUE.equals(enabled);
    }

    /** The package that the user chose; null before the first choice. */
    public @Nullable Integer getPackageCredits() {
        return packageCredits;
    }

    /** The threshold below which a recharge is due. Null if the column is empty or not a number; then the default threshold applies. */
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
