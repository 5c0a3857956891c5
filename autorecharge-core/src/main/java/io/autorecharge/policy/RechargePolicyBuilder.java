package io.autorecharge.policy;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import org.jspecify.annotations.Nullable;

/** Collects a policy and refuses one that could not work. Not safe for use by several threads. */
public final class RechargePolicyBuilder {
    /** Of the dearest package's price: a slip of the hand in a threshold must not become one huge charge. */
    public static final int DEFAULT_GREATEST = 10;

    final PackageCatalog packages;
    Credits threshold = RechargePolicy.DEFAULT_THRESHOLD;
    boolean thresholdInclusive;
    Sizing sizing = Sizing.fixed();
    Bonus bonus = Bonus.DEFAULT;
    Limits limits = Limits.ofDefaults();
    BackOff backOff = BackOff.ofDefaults();

    @Nullable
    VelocityAlarm velocityAlarm = VelocityAlarm.ofDefaults();

    @Nullable
    Money minAmount;

    @Nullable
    Money maxAmount;

    RechargePolicyBuilder(PackageCatalog packages) {
        this.packages = packages;
    }

    /** The threshold of accounts that choose none; default 10. */
    public RechargePolicyBuilder threshold(Credits value) {
        threshold = value;
        return this;
    }

    /** Recharge at the threshold too, not only below it; default false. */
    public RechargePolicyBuilder thresholdInclusive(boolean value) {
        thresholdInclusive = value;
        return this;
    }

    /** How much one recharge buys; default {@link Sizing#fixed}. */
    public RechargePolicyBuilder sizing(Sizing value) {
        sizing = value;
        return this;
    }

    /** Credits on top of every automatic recharge and of the purchase that first switches it on; default 20. */
    public RechargePolicyBuilder bonus(Bonus value) {
        bonus = value;
        return this;
    }

    /** Cooldown and limits; on by default. */
    public RechargePolicyBuilder limits(Limits value) {
        limits = value;
        return this;
    }

    /** What follows declines. */
    public RechargePolicyBuilder backOff(BackOff value) {
        backOff = value;
        return this;
    }

    /** When to tell people of an account that recharges suspiciously often; null never does. Default {@link VelocityAlarm#ofDefaults}. */
    public RechargePolicyBuilder velocityAlarm(@Nullable VelocityAlarm value) {
        velocityAlarm = value;
        return this;
    }

    /** No single charge is smaller; what it buys grows to match. */
    public RechargePolicyBuilder minAmount(@Nullable Money value) {
        minAmount = value;
        return this;
    }

    /** No single charge is larger; what it buys shrinks to match. Default {@value #DEFAULT_GREATEST} times the dearest package. */
    public RechargePolicyBuilder maxAmount(@Nullable Money value) {
        maxAmount = value;
        return this;
    }

    /** @throws IllegalArgumentException naming the field and the value of what cannot work */
    public RechargePolicy build() {
        checkAmounts();
        if (maxAmount == null) {
            Money ceiling = packages.dearest().price().times(DEFAULT_GREATEST);
            maxAmount = minAmount != null && ceiling.isLessThan(minAmount) ? minAmount : ceiling;
        }
        RechargePolicy policy = new RechargePolicy(this);
        policy.checked(Settings.initial(threshold));
        return policy;
    }

    private void checkAmounts() {
        for (CreditPackage offered : packages.all()) {
            if (maxAmount != null && maxAmount.isLessThan(offered.price())) {
                throw new IllegalArgumentException("greatest amount " + maxAmount + " is below the price "
                        + offered.price() + " of the package of " + offered.credits());
            }
            Money spend = limits.monthlySpend();
            if (spend != null && spend.isLessThan(offered.price())) {
                throw new IllegalArgumentException("monthly spend limit " + spend + " is below one purchase: "
                        + offered.price() + " for the package of " + offered.credits());
            }
            if (bonus.on(offered, offered.amount()).isNegative()) {
                throw new IllegalArgumentException("bonus of the package of " + offered.credits() + " is negative");
            }
        }
        if (bonus instanceof Bonus.Tiers tiers) {
            tiers.tiers().keySet().forEach(packages::require);
        }
        if (minAmount != null) {
            if (!minAmount.isPositive()) {
                throw new IllegalArgumentException("least amount must be more than zero: " + minAmount);
            }
            packages.cheapest().price().isLessThan(minAmount);
            if (maxAmount != null && maxAmount.isLessThan(minAmount)) {
                throw new IllegalArgumentException(
                        "greatest amount " + maxAmount + " is below the least amount " + minAmount);
            }
        }
    }
}
