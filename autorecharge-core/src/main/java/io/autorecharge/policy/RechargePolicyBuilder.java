package io.autorecharge.policy;

import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Collects a policy and refuses one that could not work. Not thread-safe. */
public final class RechargePolicyBuilder {
    /**
     * The maximum amount by default, in dearest packages: a typing error in a threshold must not cause one huge charge.
     */
    public static final int DEFAULT_MAX_PACKAGES = 10;

    /** The longest notice. */
    static final int MAX_NOTICE_DAYS = 30;

    final PackageCatalog packages;
    Credits threshold = RechargePolicy.DEFAULT_THRESHOLD;
    boolean thresholdInclusive;
    ThresholdMode thresholdMode = ThresholdMode.FIXED;
    SmartThreshold smartThreshold = SmartThreshold.ofDefaults();
    Sizing sizing = Sizing.fixed();
    Bonus bonus = Bonus.DEFAULT;
    Limits limits = Limits.ofDefaults();
    CardLimit cardLimit = new CardLimit(CardLimit.DEFAULT_ATTEMPTS);
    int maxAttempts = RechargePolicy.DEFAULT_MAX_ATTEMPTS;
    BackOff backOff = BackOff.ofDefaults();
    boolean idleGuard = true;
    Notice notice = Notice.NONE;

    @Nullable
    GraceRule grace;

    @Nullable
    VelocityAlarm velocityAlarm = VelocityAlarm.ofDefaults();

    @Nullable
    Money minAmount;

    @Nullable
    Money maxAmount;

    RechargePolicyBuilder(PackageCatalog packages) {
        this.packages = packages;
    }

    /** The threshold of accounts that have chosen none. Defaults to 10. */
    public RechargePolicyBuilder threshold(Credits value) {
        threshold = Objects.requireNonNull(value, "threshold");
        return this;
    }

    /** Whether to recharge at the threshold, not only below it. Defaults to false. */
    public RechargePolicyBuilder thresholdInclusive(boolean value) {
        thresholdInclusive = value;
        return this;
    }

    /**
     * Whether an account that uses its credits fast is recharged earlier. Defaults to {@link ThresholdMode#FIXED}. A ledger in another service
     * allows no other mode.
     */
    public RechargePolicyBuilder thresholdMode(ThresholdMode value) {
        thresholdMode = Objects.requireNonNull(value, "thresholdMode");
        return this;
    }

    /** How the threshold follows the use of an account, with {@link ThresholdMode#SMART}. Defaults to {@link SmartThreshold#ofDefaults}. */
    public RechargePolicyBuilder smartThreshold(SmartThreshold value) {
        smartThreshold = Objects.requireNonNull(value, "smartThreshold");
        return this;
    }

    /** How much one recharge buys. Defaults to {@link Sizing#fixed}. */
    public RechargePolicyBuilder sizing(Sizing value) {
        sizing = Objects.requireNonNull(value, "sizing");
        return this;
    }

    /** Extra credits for every automatic recharge, and for the purchase that first switches it on. Defaults to 20. */
    public RechargePolicyBuilder bonus(Bonus value) {
        bonus = Objects.requireNonNull(value, "bonus");
        return this;
    }

    /** Cooldown, purchase limit and spend limits. Defaults to {@link Limits#ofDefaults}. */
    public RechargePolicyBuilder limits(Limits value) {
        limits = Objects.requireNonNull(value, "limits");
        return this;
    }

    /**
     * How often one card may be declined, or be open, in 30 days over all accounts. Defaults to {@link CardLimit#DEFAULT_ATTEMPTS}.
     *
     * @throws io.autorecharge.credit.InvalidValueException when it is less than 1
     */
    public RechargePolicyBuilder cardAttempts(int value) {
        cardLimit = new CardLimit(value);
        return this;
    }

    /**
     * How many payment methods one recharge may try, one after the other: the primary one, and then its backups. 1 never tries a backup in the
     * same recharge. Defaults to {@link RechargePolicy#DEFAULT_MAX_ATTEMPTS}.
     *
     * @throws InvalidValueException when it is less than 1 or more than {@value io.autorecharge.account.PaymentMethods#MAX}
     */
    public RechargePolicyBuilder maxAttempts(int value) {
        maxAttempts = Range.between("maxAttempts", value, 1, PaymentMethods.MAX);
        return this;
    }

    /**
     * Whether an account that used nothing since its last recharge is held ({@link HoldReason#IDLE}), although its balance is low: something
     * else has lowered the balance, such as SQL of the host or credits that expired. A refused debit counts as use, and a user who saves the settings is
     * charged. It has an effect only where all credits are used through the library: not with a table of the host, or a ledger in another
     * service. Defaults to true.
     */
    public RechargePolicyBuilder idleGuard(boolean value) {
        idleGuard = value;
        return this;
    }

    /** What follows declines. Defaults to {@link BackOff#ofDefaults}. */
    public RechargePolicyBuilder backOff(BackOff value) {
        backOff = Objects.requireNonNull(value, "backOff");
        return this;
    }

    /**
     * When to report an account that recharges suspiciously often; null for never. Defaults to {@link VelocityAlarm#ofDefaults}.
     */
    public RechargePolicyBuilder velocityAlarm(@Nullable VelocityAlarm value) {
        velocityAlarm = value;
        return this;
    }

    /**
     * How long before a charge the customer is told of it. A recharge that is called for is announced first, with a time, and claimed after
     * that time. Purchases and what a user asks for are not announced. Null, the default, announces nothing.
     *
     * @throws InvalidValueException when it is not positive, or longer than {@value #MAX_NOTICE_DAYS} days
     */
    public RechargePolicyBuilder noticeBefore(@Nullable Duration value) {
        if (value != null) {
            Range.positive("noticeBefore", value, MAX_NOTICE_DAYS);
        }
        notice = new Notice(value, Duration.ZERO);
        return this;
    }

    /** How far and for how long an account may be overdrawn after a decline; null, the default, for not at all. */
    public RechargePolicyBuilder grace(@Nullable GraceRule value) {
        grace = value;
        return this;
    }

    /** The minimum of one charge; what it buys grows to match. Null for none, the default. */
    public RechargePolicyBuilder minAmount(@Nullable Money value) {
        minAmount = value;
        return this;
    }

    /** The maximum of one charge; what it buys shrinks to match. Null for the default, {@value #DEFAULT_MAX_PACKAGES} times the dearest package. */
    public RechargePolicyBuilder maxAmount(@Nullable Money value) {
        maxAmount = value;
        return this;
    }

    /** @throws InvalidValueException for the builder method's value that cannot work with the others */
    public RechargePolicy build() {
        packages.all().forEach(this::checkPackage);
        checkTiers();
        checkMinAmount();
        RechargePolicy policy = new RechargePolicy(this);
        policy.checked(Settings.initial(threshold));
        return policy;
    }

    private void checkPackage(CreditPackage offered) {
        requireCovers("maxAmount", maxAmount, offered);
        requireCovers("monthlySpend", limits.monthlySpend(), offered);
        requireCovers("dailySpend", limits.dailySpend(), offered);
    }

    static void requireCovers(String field, @Nullable Money most, CreditPackage offered) {
        if (most == null) {
            return;
        }
        requireCurrency(field, most, offered.price());
        if (most.isLessThan(offered.price())) {
            throw new InvalidValueException(
                    field,
                    most,
                    "must not be below the price of package " + offered.credits() + ", " + offered.price());
        }
    }

    private static void requireCurrency(String field, Money amount, Money price) {
        if (!amount.currency().equals(price.currency())) {
            throw new InvalidValueException(field, amount, "must be in the packages' currency, " + price.currency());
        }
    }

    private void checkTiers() {
        if (bonus instanceof Bonus.Tiers tiers) {
            tiers.tiers().keySet().stream()
                    .filter(size -> packages.find(size).isEmpty())
                    .forEach(size -> {
                        throw new InvalidValueException("bonus", size, "must have tiers only for " + packages.sizes());
                    });
        }
    }

    private void checkMinAmount() {
        if (minAmount == null) {
            return;
        }
        Range.positive("minAmount", minAmount);
        requireCurrency("minAmount", minAmount, packages.dearest().price());
        if (maxAmount != null && maxAmount.isLessThan(minAmount)) {
            throw new InvalidValueException("maxAmount", maxAmount, "must not be below minAmount, " + minAmount);
        }
    }

    Money defaultMaxAmount() {
        Money price = packages.dearest().price();
        Money dearest = new Money(Long.MAX_VALUE / DEFAULT_MAX_PACKAGES, price.currency());
        if (dearest.isLessThan(price)) {
            throw new InvalidValueException(
                    "packages", price, "must not cost more than " + dearest + " when maxAmount is not set");
        }
        Money most = price.times(DEFAULT_MAX_PACKAGES);
        return minAmount != null && most.isLessThan(minAmount) ? minAmount : most;
    }
}
