package io.autorecharge.policy;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
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
    /** The threshold of accounts that have chosen none, by default. */
    public static final Credits DEFAULT_THRESHOLD = Credits.of(10);

    /** How many payment methods one recharge may try, by default. */
    public static final int DEFAULT_MAX_ATTEMPTS = 3;

    private final PackageCatalog packages;
    private final Credits threshold;
    private final boolean thresholdInclusive;
    private final @Nullable SmartThreshold smartThreshold;
    private final Limits limits;
    private final CardLimit cardLimit;
    private final int maxAttempts;
    private final BackOff backOff;
    private final @Nullable VelocityAlarm velocityAlarm;
    private final Sizer sizer;
    private final boolean maxAmountGiven;
    private final Notice notice;
    private final boolean idleGuard;
    private final @Nullable GraceRule grace;

    RechargePolicy(RechargePolicyBuilder b) {
        packages = b.packages;
        threshold = b.threshold;
        thresholdInclusive = b.thresholdInclusive;
        smartThreshold = b.thresholdMode == ThresholdMode.SMART ? b.smartThreshold : null;
        limits = b.limits;
        cardLimit = b.cardLimit;
        maxAttempts = b.maxAttempts;
        backOff = b.backOff;
        velocityAlarm = b.velocityAlarm;
        notice = b.notice;
        idleGuard = b.idleGuard;
        grace = b.grace;
        maxAmountGiven = b.maxAmount != null;
        Money maxAmount = b.maxAmount == null ? b.defaultMaxAmount() : b.maxAmount;
        sizer = new Sizer(b.sizing, b.bonus, b.minAmount, maxAmount, Credits.SMALLEST);
    }

    private RechargePolicy(RechargePolicy from, Sizer sizer, Notice notice) {
        packages = from.packages;
        threshold = from.threshold;
        thresholdInclusive = from.thresholdInclusive;
        smartThreshold = from.smartThreshold;
        limits = from.limits;
        cardLimit = from.cardLimit;
        maxAttempts = from.maxAttempts;
        backOff = from.backOff;
        velocityAlarm = from.velocityAlarm;
        maxAmountGiven = from.maxAmountGiven;
        idleGuard = from.idleGuard;
        this.sizer = sizer;
        this.notice = notice;
        grace = from.grace;
    }

    /**
     * The same policy for a provider that takes no charge below {@code minimum} or above {@code maximum}. A maximum amount that was not
     * configured is lowered to the provider's.
     *
     * @throws InvalidValueException for the field {@code packages} when a package costs less or more, and for {@code minAmount} and
     *     {@code maxAmount} when one was configured that the provider does not take
     */
    public RechargePolicy forProvider(Money minimum, Money maximum) {
        for (CreditPackage offered : packages.all()) {
            if (offered.price().isLessThan(minimum)) {
                throw new InvalidValueException(
                        "packages",
                        offered.price(),
                        "must not cost less than the payment provider's minimum, " + minimum + ", as package "
                                + offered.credits() + " does");
            }
            requireAtMost("packages", offered.price(), maximum);
        }
        requireAtMost("minAmount", sizer.minAmount(), maximum);
        Money most = sizer.maxAmount();
        if (maxAmountGiven) {
            requireAtMost("maxAmount", most, maximum);
        }
        if (most != null && most.isLessThan(minimum)) {
            throw new InvalidValueException(
                    "maxAmount", most, "must not be below the payment provider's minimum, " + minimum);
        }
        return new RechargePolicy(this, sizer.raisedTo(minimum).atMost(maximum), notice);
    }

    private static void requireAtMost(String field, @Nullable Money amount, Money maximum) {
        if (amount != null && maximum.isLessThan(amount)) {
            throw new InvalidValueException(
                    field, amount, "must not be above the payment provider's maximum, " + maximum);
        }
    }

    /**
     * The same policy for a ledger that stores only multiples of {@code smallest}: bonuses are rounded down to it, recharges to a target
     * up.
     *
     * @throws InvalidValueException for the fields {@code threshold}, {@code packages} and {@code bonus}, when one is finer than that
     */
    public RechargePolicy forLedger(Credits smallest) {
        Sizer fitting = sizer.inStepsOf(smallest);
        fitting.requireHeld("threshold", threshold);
        packages.all().forEach(offered -> {
            fitting.requireHeld("packages", offered.amount());
            fitting.bonus().fixedOn(offered).ifPresent(credits -> fitting.requireHeld("bonus", credits));
        });
        return new RechargePolicy(this, fitting, notice);
    }

    /**
     * The same policy for nodes whose clocks differ from the provider's by at most {@code tolerance}: what was announced is charged when the
     * announced time is over by the clock of every node.
     */
    public RechargePolicy forClocks(Duration tolerance) {
        return new RechargePolicy(this, sizer, new Notice(notice.length(), tolerance.multipliedBy(2)));
    }

    /** A policy that sells these packages; everything else has a default. */
    public static RechargePolicyBuilder builder(PackageCatalog packages) {
        return new RechargePolicyBuilder(Objects.requireNonNull(packages, "packages"));
    }

    /** The policy with every default. */
    public static RechargePolicy ofDefaults(PackageCatalog packages) {
        return builder(packages).build();
    }

    /**
     * Recharge or hold, and why. The first reason to hold counts, in this order: the user's switch, an open recharge, an unknown balance,
     * the threshold, what the account lacks, a suspension, the back-off after a decline, the cooldown, the purchase limit, a stop for
     * everything, and an account that used nothing since its last recharge; then the size of the charge, what the user agreed to, and the limits of money: per month, the user's own, and per day; last
     * the announced time.
     */
    public Decision decide(Standing s) {
        return noticed(s, withoutNotice(s));
    }

    private Decision noticed(Standing s, Decision decision) {
        return decision instanceof Decision.Recharge wanted ? notice.decide(s.announced(), wanted, s.now()) : decision;
    }

    /** As {@link #decide}, but without the back-off after a decline: for a user who asks to try again. */
    public Decision decideRetry(Standing s) {
        return noticed(s, decide(s, null));
    }

    /**
     * Decides about one package that the user asks to buy now. The first reason to hold counts, in this order: an open recharge, an unknown
     * balance, no payment method, a suspension, the purchase limit, a stop for everything, the limits of money. Switch, threshold, agreement, back-off
     * and cooldown are for automatic recharges. There is no bonus, which is for them too.
     */
    public Decision decidePurchase(Standing s, CreditPackage chosen) {
        if (s.openUntil() != null) {
            return new Decision.Hold(HoldReason.RECHARGE_OPEN, s.openUntil());
        }
        Decision.Hold objection = purchaseObjection(s);
        if (objection != null) {
            return objection;
        }
        Instant purchaseRoom = limits.purchaseRoomAt(s.counted(), s.now());
        if (isAhead(purchaseRoom, s.now())) {
            return new Decision.Hold(HoldReason.PURCHASE_LIMIT, purchaseRoom);
        }
        Decision.Hold spent = limits.spendHold(chosen.price(), s.counted(), s.now(), s.rules());
        if (spent != null) {
            return spent;
        }
        return new Decision.Recharge(chosen, chosen.amount(), Credits.ZERO, chosen.price(), required(s.method()));
    }

    /** Why a purchase that the user asked for may not be charged now, whatever the limits; null when it may. */
    public Decision.@Nullable Hold purchaseObjection(Standing s) {
        if (s.balanceDoubt() != null) {
            return s.balanceDoubt();
        }
        if (s.method() == null) {
            return Decision.Hold.because(HoldReason.NO_PAYMENT_METHOD);
        }
        if (s.suspension() != null) {
            return Decision.Hold.because(HoldReason.SUSPENDED);
        }
        return s.paused() ? Decision.Hold.because(HoldReason.PAUSED) : null;
    }

    /** The decision if every charge had been announced in time. */
    public Decision withoutNotice(Standing s) {
        return decide(s, s.retryAt());
    }

    private Decision decide(Standing s, @Nullable Instant retryAt) {
        if (!s.settings().enabled()) {
            return Decision.Hold.because(HoldReason.DISABLED);
        }
        if (s.openUntil() != null) {
            return new Decision.Hold(HoldReason.RECHARGE_OPEN, s.openUntil());
        }
        Decision.Hold unwanted = unwanted(s);
        if (unwanted != null) {
            return unwanted;
        }
        if (isAhead(retryAt, s.now())) {
            return new Decision.Hold(HoldReason.BACKING_OFF, retryAt);
        }
        Instant cooledDown = limits.cooledDownAt(s.lastOpenedAt());
        if (isAhead(cooledDown, s.now())) {
            return new Decision.Hold(HoldReason.COOLDOWN, cooledDown);
        }
        Instant purchaseRoom = limits.purchaseRoomAt(s.counted(), s.now());
        if (isAhead(purchaseRoom, s.now())) {
            return new Decision.Hold(HoldReason.PURCHASE_LIMIT, purchaseRoom);
        }
        if (s.paused()) {
            return Decision.Hold.because(HoldReason.PAUSED);
        }
        if (idleGuard && s.unused() && !s.isShortOfRequest()) {
            return Decision.Hold.because(HoldReason.IDLE);
        }
        return recharge(s);
    }

    /** Why an account that is switched on needs no charge now, or must not be charged; null when neither is so. */
    private Decision.@Nullable Hold unwanted(Standing s) {
        if (s.balanceDoubt() != null) {
            return s.balanceDoubt();
        }
        if (!isLow(s.balance(), s.rechargesBelow()) && !s.isShortOfRequest()) {
            return Decision.Hold.because(HoldReason.ABOVE_THRESHOLD);
        }
        List<HoldReason> missing = missing(s.settings(), s.consent(), s.method());
        if (!missing.isEmpty()) {
            return Decision.Hold.because(missing.get(0));
        }
        if (s.suspension() != null) {
            return Decision.Hold.because(HoldReason.SUSPENDED);
        }
        return null;
    }

    /** What an account that is switched on still lacks before it can be charged; empty when nothing. */
    public List<HoldReason> missing(Settings settings, @Nullable Consent consent, @Nullable PaymentMethod method) {
        Integer credits = settings.credits();
        return Stream.of(
                        consent == null ? HoldReason.NO_CONSENT : null,
                        credits == null ? HoldReason.NO_PACKAGE : null,
                        credits != null && packages.find(credits).isEmpty() ? HoldReason.PACKAGE_NOT_OFFERED : null,
                        method == null ? HoldReason.NO_PAYMENT_METHOD : null,
                        isPriceChanged(settings, consent) ? HoldReason.PRICE_CHANGED : null,
                        isNeverAgreed(credits, consent) ? HoldReason.AMOUNT_NOT_AGREED : null)
                .filter(Objects::nonNull)
                .toList();
    }

    /** Whether a credit of the chosen package costs more than the user agreed to; the bonus of the same package counts as well. */
    public boolean isPriceChanged(Settings settings, @Nullable Consent consent) {
        AgreedPackage agreed = consent == null ? null : consent.bought();
        Integer credits = settings.credits();
        return agreed != null
                && credits != null
                && packages.find(credits)
                        .filter(chosen -> !isCovered(offer(chosen), agreed))
                        .isPresent();
    }

    private static boolean isCovered(AgreedPackage now, AgreedPackage agreed) {
        Credits credits = Credits.of(now.credits());
        return now.credits() == agreed.credits()
                ? agreed.coversOffer(credits, now.bonus(), now.price())
                : agreed.covers(credits, now.price());
    }

    /** What a package holds and costs now, for a user who agrees to it. */
    public AgreedPackage offer(CreditPackage offered) {
        return new AgreedPackage(offered.credits(), enablingBonus(offered), offered.price());
    }

    private boolean isNeverAgreed(@Nullable Integer credits, @Nullable Consent consent) {
        return credits != null
                && consent != null
                && consent.max() != null
                && packages.find(credits)
                        .filter(chosen ->
                                !AgreedCharge.of(consent, chosen, null).covers(sizer.smallestCharge(chosen)))
                        .isPresent();
    }

    private Decision recharge(Standing s) {
        CreditPackage chosen = packages.require(required(s.settings().credits()));
        Optional<Size> covering = s.isShortOfRequest() ? covering(s, chosen) : Optional.empty();
        if (covering.isEmpty() && !isLow(s.balance(), s.rechargesBelow())) {
            return new Decision.Hold(
                    HoldReason.AMOUNT_OUT_OF_BOUNDS, required(s.requested()).until());
        }
        Optional<Size> wanted = covering.isPresent()
                ? covering
                : sizer.size(chosen, s.balance(), s.settings().threshold());
        if (wanted.isEmpty()) {
            return Decision.Hold.because(HoldReason.AMOUNT_OUT_OF_BOUNDS);
        }
        Optional<Size> size = AgreedCharge.of(required(s.consent()), chosen, s.lastOpenedAt())
                .limit(wanted.get(), sizer, chosen, s, thresholdInclusive);
        if (size.isEmpty()) {
            return Decision.Hold.because(HoldReason.AMOUNT_NOT_AGREED);
        }
        Money price = size.get().price();
        Decision.Hold spent = limits.spendHold(price, s.counted(), s.now(), s.rules());
        if (spent != null) {
            return spent;
        }
        return new Decision.Recharge(chosen, size.get().credits(), size.get().bonus(), price, required(s.method()));
    }

    /**
     * The announcement that a charge needs, which the customer must be sent; empty when it needs none, or what was announced covers it. Its
     * maximum leaves room: with the account's next debits another amount may be missing, and only a higher one is announced anew.
     *
     * @param wanted what {@link #withoutNotice} decided
     * @param cards the cards that may be charged, in their order
     */
    public Optional<Announcement> toAnnounce(Standing s, Decision.Recharge wanted, List<String> cards) {
        if (!notice.isMissing(s.announced(), wanted)) {
            return Optional.empty();
        }
        return Optional.of(new Announcement(
                s.now(),
                notice.notBefore(s.announced(), s.now()),
                greatest(s, wanted),
                wanted.chosen().credits(),
                wanted.chosen().price(),
                cards));
    }

    /** The most that may be charged while the balance is not below zero; beyond that, what the user agreed to. */
    private Money greatest(Standing s, Decision.Recharge wanted) {
        Money agreed =
                AgreedCharge.of(required(s.consent()), wanted.chosen(), null).max();
        Money usual = greatestCharge(s.settings(), Credits.ZERO);
        return usual.isLessThan(wanted.price()) || agreed.isLessThan(usual) ? agreed : usual;
    }

    /** Null when no account may be overdrawn after a decline. */
    public @Nullable GraceRule grace() {
        return grace;
    }

    /** How long before a charge the customer is told of it; null when charges are not announced. */
    public @Nullable Duration noticeBefore() {
        return notice.length();
    }

    /**
     * Why a recharge that is open may not be charged to another payment method after one has failed; null when it may. Everything that was
     * decided before it was opened is decided again, but for what counts the recharge itself: the cooldown and the limits. A limit of the
     * user's own may have been lowered since.
     *
     * @param packageCredits the package that the recharge buys
     * @param credits how many paid credits it buys
     * @param price what it costs
     */
    public Decision.@Nullable Hold objection(Standing s, int packageCredits, Credits credits, Money price) {
        if (!s.settings().enabled()) {
            return Decision.Hold.because(HoldReason.DISABLED);
        }
        Decision.Hold unwanted = unwanted(s);
        if (unwanted != null) {
            return unwanted;
        }
        if (s.paused()) {
            return Decision.Hold.because(HoldReason.PAUSED);
        }
        if (required(s.settings().credits()) != packageCredits || !isAgreed(s.consent(), price)) {
            return Decision.Hold.because(HoldReason.AMOUNT_NOT_AGREED);
        }
        if (!required(s.consent()).coversPrice(credits, price)) {
            return Decision.Hold.because(HoldReason.PRICE_CHANGED);
        }
        Decision.Hold lowered = limits.lowered(s.counted(), s.now(), s.rules());
        if (lowered != null) {
            return lowered;
        }
        // A balance that has risen meanwhile may need less.
        return s.isShortOfRequest()
                        || charge(s.settings(), s.balance(), s.rechargesBelow())
                                .filter(now -> now.currency().equals(price.currency()) && !now.isLessThan(price))
                                .isPresent()
                ? null
                : Decision.Hold.because(HoldReason.AMOUNT_OUT_OF_BOUNDS);
    }

    /** One charge that closes the gap to a refused debit, and the one to the threshold; empty when that is not allowed or not agreed to. */
    private Optional<Size> covering(Standing s, CreditPackage chosen) {
        Credits requested = required(s.requested()).credits();
        AgreedCharge agreed = AgreedCharge.of(required(s.consent()), chosen, s.lastOpenedAt());
        return sizer.covering(chosen, s.balance(), s.settings().threshold(), requested)
                .filter(it -> !s.balance().plus(it.credits()).plus(it.bonus()).isLessThan(requested))
                .filter(it -> agreed.covers(it.price()));
    }

    /** Whether a recharge is called for: the balance is low, or a refused debit waits for credits. */
    public boolean isWanted(Account account, Instant now) {
        RequestedCredits requested = account.state().requested();
        return isLow(account) || (requested != null && requested.isOpen(account.balance(), now));
    }

    /**
     * An agreement with the maximum and the price that bind it. An agreement from before these were recorded covers the price that the package
     * had when prices were first recorded; and one package, or as much as the account's dearest paid recharge.
     *
     * @param dearestPaid what that recharge cost; null if there was none
     * @param first the prices that were recorded first; a package that is not among them has its price of now
     */
    public Consent completed(
            Consent consent, Settings settings, @Nullable Money dearestPaid, List<AgreedPackage> first) {
        Integer credits = settings.credits();
        if (consent.bought() != null || credits == null) {
            return consent;
        }
        AgreedPackage agreed = first.stream()
                .filter(it -> it.credits() == credits)
                .findFirst()
                .or(() -> packages.find(credits).map(this::offer))
                .orElse(null);
        if (agreed == null) {
            return consent;
        }
        Money most = consent.max() == null ? larger(agreed.price(), dearestPaid) : consent.max();
        return consent.withMax(most).withBought(agreed);
    }

    private static Money larger(Money one, @Nullable Money other) {
        return other != null && other.currency().equals(one.currency()) && one.isLessThan(other) ? other : one;
    }

    /** Whether the user agreed that one recharge may cost this much. */
    public boolean isAgreed(@Nullable Consent consent, Money price) {
        return consent != null
                && consent.max() != null
                && consent.max().currency().equals(price.currency())
                && !consent.max().isLessThan(price);
    }

    /**
     * The most that one recharge can cost with these settings while the balance is not below zero, or not below {@code balance}. This is
     * the amount to show to a user who agrees to be charged.
     *
     * @throws InvalidValueException for the field {@code credits}, when the settings name no package that is on sale
     */
    public Money greatestCharge(Settings settings, Credits balance) {
        Integer credits = settings.credits();
        if (credits == null) {
            throw new InvalidValueException("credits", null, "must be one of " + packages.sizes());
        }
        CreditPackage chosen = packages.require(credits);
        Credits lowest = balance.isNegative() ? balance : Credits.ZERO;
        return sizer.size(chosen, lowest, settings.threshold()).map(Size::price).orElse(chosen.price());
    }

    /**
     * What one recharge costs at this balance, whatever the user agreed to; empty when the balance is not below the user's own threshold, or no
     * charge is possible.
     *
     * @throws InvalidValueException for the field {@code credits}, when the settings name no package that is on sale
     */
    public Optional<Money> chargeAt(Settings settings, Credits balance) {
        return charge(settings, balance, settings.threshold());
    }

    /**
     * What one recharge of this account costs now, whatever the user agreed to; empty when the balance is not low, or no charge is possible.
     *
     * @throws InvalidValueException as {@link #chargeAt(Settings, Credits)}
     */
    public Optional<Money> chargeNow(Account account) {
        return charge(account.settings(), account.balance(), effectiveThreshold(account));
    }

    private Optional<Money> charge(Settings settings, Credits balance, Credits rechargesBelow) {
        if (settings.credits() == null) {
            throw new InvalidValueException("credits", null, "must be one of " + packages.sizes());
        }
        CreditPackage chosen = packages.require(settings.credits());
        return isLow(balance, rechargesBelow)
                ? sizer.size(chosen, balance, settings.threshold()).map(Size::price)
                : Optional.empty();
    }

    /** Whether a balance calls for a recharge: below the account's threshold, or equal to it where the policy is inclusive. */
    public boolean isLow(Credits balance, Credits accountThreshold) {
        return new Threshold(accountThreshold, thresholdInclusive).isLow(balance);
    }

    /** Whether the account's balance calls for a recharge. */
    public boolean isLow(Account account) {
        return isLow(account.balance(), effectiveThreshold(account));
    }

    /**
     * The balance below which the account is recharged: the user's threshold, or a higher one if the policy has a smart threshold and the
     * account uses its credits fast. This is the one definition, for decisions and for what people are told.
     */
    public Credits effectiveThreshold(Account account) {
        Settings settings = account.settings();
        return settings.threshold().plus(raise(settings, account.state().usage()));
    }

    /** By how much the account's effective threshold exceeds the user's; zero with a fixed threshold. */
    public Credits raise(Settings settings, @Nullable Usage usage) {
        return smartThreshold == null || usage == null || usage.perHour() == null
                ? Credits.ZERO
                : smartThreshold.raise(usage.perHour(), settings.threshold(), maxRaise(settings));
    }

    /**
     * The most by which an effective threshold can exceed the user's: one package. With a target half the way to it, so that a recharge never
     * leaves the balance low and buys at least half of what it bought before.
     */
    public Credits maxRaise(Settings settings) {
        return Optional.ofNullable(settings.credits())
                .flatMap(packages::find)
                .map(chosen -> sizer.maxRaise(chosen, settings.threshold()))
                .orElse(Credits.ZERO);
    }

    /** How the threshold follows the use of an account; empty with a fixed threshold. */
    public Optional<SmartThreshold> smartThreshold() {
        return Optional.ofNullable(smartThreshold);
    }

    /**
     * Refuses settings that could not work.
     *
     * @return the settings, unchanged
     * @throws InvalidValueException for the fields {@code credits} and {@code threshold}
     */
    public Settings checked(Settings settings) {
        Integer credits = settings.credits();
        if (credits != null) {
            packages.require(credits);
        }
        if (settings.enabled() && credits == null) {
            throw new InvalidValueException("credits", null, "must be one of " + packages.sizes());
        }
        sizer.checkThreshold(settings.threshold(), packages);
        return settings;
    }

    /**
     * Refuses rules that could not work: a limit in another currency, below the price of the chosen package, or above the host's own.
     *
     * @param before the rules so far; what stays as it was is compared only with the package
     * @return the rules, unchanged
     * @throws InvalidValueException for the field {@code monthlyLimit}
     */
    public UserRules checked(UserRules rules, UserRules before, Settings settings) {
        Money own = rules.monthlyLimit();
        if (own == null || (rules.equals(before) && !settings.enabled())) {
            return rules;
        }
        CreditPackage chosen = Optional.ofNullable(settings.credits())
                .flatMap(packages::find)
                .orElse(packages.all().get(0));
        RechargePolicyBuilder.requireCovers("monthlyLimit", own, chosen);
        Money most = limits.monthlySpend();
        if (!rules.equals(before) && most != null && most.isLessThan(own)) {
            throw new InvalidValueException("monthlyLimit", own, "must not be above the maximum per month, " + most);
        }
        return rules;
    }

    /** What was spent so far in the current month and day, in the currency of the packages. */
    public Spending spending(List<PastRecharge> past, Instant now, UserRules rules) {
        return limits.spending(past, now, rules, packages.all().get(0).price().currency());
    }

    /** The bonus of a checkout that switches auto-recharge on. */
    public Credits enablingBonus(CreditPackage bought) {
        return sizer.bonusOn(bought, bought.amount());
    }

    /** Every amount of credits is a multiple of this; see {@link #forLedger}. */
    public Credits smallest() {
        return sizer.step();
    }

    public PackageCatalog packages() {
        return packages;
    }

    /** The threshold of accounts that have chosen none. */
    public Credits threshold() {
        return threshold;
    }

    public boolean thresholdInclusive() {
        return thresholdInclusive;
    }

    public Limits limits() {
        return limits;
    }

    /** How often one card may be tried; {@link #decide} does not know the card, so the claim asks this. */
    public CardLimit cardLimit() {
        return cardLimit;
    }

    /** How many payment methods one recharge may try. */
    public int maxAttempts() {
        return maxAttempts;
    }

    public BackOff backOff() {
        return backOff;
    }

    /** Null when there is no alarm. */
    public @Nullable VelocityAlarm velocityAlarm() {
        return velocityAlarm;
    }

    private static boolean isAhead(@Nullable Instant at, Instant now) {
        return at != null && at.isAfter(now);
    }

    private static <T> T required(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("decided to recharge an account that lacks something");
        }
        return value;
    }
}
