package io.autorecharge.policy;

import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an account is to be recharged, and with how much: a pure function of a {@link Standing}. Immutable and safe to share.
 *
 * <pre>{@code
 * RechargePolicy policy = RechargePolicy.builder(packages).bonus(Bonus.percent("5")).build();
 * }</pre>
 */
public final class RechargePolicy {
    /** Recharge below 10 credits, as in the seed. */
    public static final Credits DEFAULT_THRESHOLD = Credits.of(10);

    private final PackageCatalog packages;
    private final Credits threshold;
    private final boolean thresholdInclusive;
    private final Limits limits;
    private final BackOff backOff;
    private final @Nullable VelocityAlarm velocityAlarm;
    private final Sizer sizer;

    RechargePolicy(RechargePolicyBuilder b) {
        packages = b.packages;
        threshold = b.threshold;
        thresholdInclusive = b.thresholdInclusive;
        limits = b.limits;
        backOff = b.backOff;
        velocityAlarm = b.velocityAlarm;
        sizer = new Sizer(b.sizing, b.bonus, b.minAmount, b.maxAmount, Credits.SMALLEST);
    }

    private RechargePolicy(RechargePolicy from, Sizer sizer) {
        packages = from.packages;
        threshold = from.threshold;
        thresholdInclusive = from.thresholdInclusive;
        limits = from.limits;
        backOff = from.backOff;
        velocityAlarm = from.velocityAlarm;
        this.sizer = sizer;
    }

    /**
     * The same policy for a provider that takes no charge below {@code minimum}.
     *
     * @throws IllegalArgumentException when a package costs less
     */
    public RechargePolicy forProvider(Money minimum) {
        for (CreditPackage offered : packages.all()) {
            if (offered.price().isLessThan(minimum)) {
                throw new IllegalArgumentException("price of the package of " + offered.credits() + " is below the "
                        + "payment provider's minimum of " + minimum + ": " + offered.price());
            }
        }
        return new RechargePolicy(this, sizer.raisedTo(minimum));
    }

    /**
     * The same policy for a ledger that holds only multiples of {@code smallest}: bonuses are rounded down to it, recharges to a target up.
     *
     * @throws IllegalArgumentException when the threshold or a fixed bonus is finer than that
     */
    public RechargePolicy forLedger(Credits smallest) {
        Sizer fitting = sizer.inStepsOf(smallest);
        fitting.requireHeld("threshold", threshold);
        packages.all().forEach(offered -> {
            fitting.requireHeld("package", offered.amount());
            fitting.bonus().fixedOn(offered).ifPresent(credits -> fitting.requireHeld("bonus", credits));
        });
        return new RechargePolicy(this, fitting);
    }

    /** A policy that sells these packages; everything else has a default. */
    public static RechargePolicyBuilder builder(PackageCatalog packages) {
        return new RechargePolicyBuilder(packages);
    }

    /** The policy with every default. */
    public static RechargePolicy ofDefaults(PackageCatalog packages) {
        return builder(packages).build();
    }

    /** Recharge or hold, and why. */
    public Decision decide(Standing s) {
        List<Function<Standing, Optional<Decision.Hold>>> checks = List.of(
                this::userStop,
                this::openRecharge,
                this::balanceDoubt,
                this::balance,
                this::missing,
                this::systemStop,
                this::cooldown,
                this::purchases);
        for (Function<Standing, Optional<Decision.Hold>> check : checks) {
            Optional<Decision.Hold> hold = check.apply(s);
            if (hold.isPresent()) {
                return hold.get();
            }
        }
        return recharge(s);
    }

    private Optional<Decision.Hold> userStop(Standing s) {
        return s.settings().enabled() ? Optional.empty() : hold(HoldReason.DISABLED, null);
    }

    private Optional<Decision.Hold> openRecharge(Standing s) {
        return s.openUntil() == null ? Optional.empty() : hold(HoldReason.RECHARGE_OPEN, s.openUntil());
    }

    private Optional<Decision.Hold> balanceDoubt(Standing s) {
        return Optional.ofNullable(s.balanceDoubt());
    }

    private Optional<Decision.Hold> balance(Standing s) {
        return isLow(s.balance(), s.settings().threshold()) ? Optional.empty() : hold(HoldReason.ABOVE_THRESHOLD, null);
    }

    private Optional<Decision.Hold> missing(Standing s) {
        return missing(s.settings(), s.consent(), s.method()).stream()
                .findFirst()
                .map(Decision.Hold::because);
    }

    /** What an account that is switched on still lacks before it can be charged; empty when nothing. */
    public List<HoldReason> missing(Settings settings, @Nullable Consent consent, @Nullable PaymentMethod method) {
        Integer credits = settings.credits();
        return Stream.of(
                        consent == null ? HoldReason.NO_CONSENT : null,
                        credits == null ? HoldReason.NO_PACKAGE : null,
                        credits != null && packages.find(credits).isEmpty() ? HoldReason.PACKAGE_NOT_OFFERED : null,
                        method == null ? HoldReason.NO_PAYMENT_METHOD : null)
                .filter(java.util.Objects::nonNull)
                .toList();
    }

    private Optional<Decision.Hold> systemStop(Standing s) {
        if (s.suspension() != null) {
            return hold(HoldReason.SUSPENDED, null);
        }
        return isAhead(s.retryAt(), s.now()) ? hold(HoldReason.BACKING_OFF, s.retryAt()) : Optional.empty();
    }

    private Optional<Decision.Hold> cooldown(Standing s) {
        Instant over = s.lastOpenedAt() == null ? null : s.lastOpenedAt().plus(limits.cooldown());
        return isAhead(over, s.now()) ? hold(HoldReason.COOLDOWN, over) : Optional.empty();
    }

    private Optional<Decision.Hold> purchases(Standing s) {
        List<Instant> counted = s.counted().stream()
                .map(PastRecharge::openedAt)
                .filter(at -> at.plus(limits.window()).isAfter(s.now()))
                .sorted()
                .toList();
        if (counted.size() < limits.purchases()) {
            return Optional.empty();
        }
        // Room comes back when so many have left the window that one fewer than the limit remains.
        Instant leaves = counted.get(counted.size() - limits.purchases());
        return hold(HoldReason.PURCHASE_LIMIT, leaves.plus(limits.window()));
    }

    private Decision recharge(Standing s) {
        CreditPackage chosen = packages.require(required(s.settings().credits()));
        Optional<Size> size = sizer.size(chosen, s.balance(), s.settings().threshold());
        if (size.isEmpty()) {
            return Decision.Hold.because(HoldReason.AMOUNT_OUT_OF_BOUNDS);
        }
        Size it = size.get();
        if (exceedsSpend(s, it.price())) {
            return new Decision.Hold(HoldReason.SPEND_LIMIT, limits.nextMonth(s.now()));
        }
        return new Decision.Recharge(chosen, it.credits(), it.bonus(), it.price(), required(s.method()));
    }

    private boolean exceedsSpend(Standing s, Money price) {
        Money most = limits.monthlySpend();
        if (most == null) {
            return false;
        }
        Instant monthStart = limits.monthStart(s.now());
        Money spent = s.counted().stream()
                .filter(past -> !past.openedAt().isBefore(monthStart))
                .map(PastRecharge::price)
                .filter(past -> past.currency().equals(most.currency()))
                .reduce(price, Money::plus);
        return most.isLessThan(spent);
    }

    /** Whether a balance calls for a recharge: strictly below the threshold, or at it where the policy is inclusive. */
    public boolean isLow(Credits balance, Credits accountThreshold) {
        return thresholdInclusive ? balance.isAtMost(accountThreshold) : balance.isLessThan(accountThreshold);
    }

    /**
     * Refuses settings that could not work.
     *
     * @throws IllegalArgumentException naming the field and the value
     */
    public Settings checked(Settings settings) {
        Integer credits = settings.credits();
        if (credits != null) {
            packages.require(credits);
        }
        if (settings.enabled() && credits == null) {
            throw new IllegalArgumentException("credits is missing: choose one of " + packages.sizes());
        }
        sizer.checkThreshold(settings.threshold(), packages);
        return settings;
    }

    /** The bonus of a purchase on the page that switches auto-recharge on. */
    public Credits enablingBonus(CreditPackage bought) {
        return sizer.bonusOn(bought, bought.amount());
    }

    /** What every amount of credits is a multiple of; see {@link #forLedger}. */
    public Credits smallest() {
        return sizer.step();
    }

    public PackageCatalog packages() {
        return packages;
    }

    /** The threshold of accounts that chose none. */
    public Credits threshold() {
        return threshold;
    }

    public boolean thresholdInclusive() {
        return thresholdInclusive;
    }

    public Limits limits() {
        return limits;
    }

    public BackOff backOff() {
        return backOff;
    }

    /** Null where nobody wants to be told. */
    public @Nullable VelocityAlarm velocityAlarm() {
        return velocityAlarm;
    }

    private static boolean isAhead(@Nullable Instant at, Instant now) {
        return at != null && at.isAfter(now);
    }

    private static Optional<Decision.Hold> hold(HoldReason reason, @Nullable Instant until) {
        return Optional.of(new Decision.Hold(reason, until));
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("decided to recharge an account that lacks something");
        }
        return value;
    }
}
