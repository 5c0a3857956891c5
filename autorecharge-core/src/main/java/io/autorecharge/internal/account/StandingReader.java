package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.CardLimit;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Standing;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.policy.VelocityAlarm;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.BalanceState;
import io.autorecharge.store.CardClaim;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.time.Duration;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the snapshot for the policy, decides, and computes the next due time: when the account has to be checked next.
 */
public final class StandingReader {
    /** How long an account waits that a limit holds, until it is decided again. */
    private static final Duration LIMIT_AGAIN = Duration.ofHours(1);

    /**
     * A due checkout is checked before the account. Without a gateway for checkouts, the account must not stay due forever.
     */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    /** For so long a purchase that the user asked for is sent again; after that, the user has gone, and nothing is charged unseen. */
    private static final Duration REQUEST_LIFE = Duration.ofMinutes(10);

    /** How long after a charge its user may try again. */
    private static final Duration RETRY_AFTER = Duration.ofMinutes(10);

    private static final Duration BUSY_CARD_PAUSE = Duration.ofSeconds(1);

    private final Policies policies;
    private final TotalSpending spending;

    /** Without a limit over all accounts. */
    StandingReader(RechargePolicy policy) {
        this(Policies.one(policy), new TotalSpending(TotalLimits.none()));
    }

    public StandingReader(Policies policies, TotalSpending spending) {
        this.policies = policies;
        this.spending = spending;
    }

    /** The policy of an account in this step. */
    AccountPolicy policy(Step step, Account account) {
        return step.policy(account, policies);
    }

    private RechargePolicy rules(Step step) {
        return rules(step, step.account());
    }

    private RechargePolicy rules(Step step, Account account) {
        return policy(step, account).rules();
    }

    /**
     * The policy of this step's account, for a request of its user.
     *
     * @throws io.autorecharge.policy.PolicyUnusableException when there is none
     */
    public RechargePolicy require(Step step) {
        return policy(step, step.account()).require(step.account().id());
    }

    /** The policy of this step's account, and where that cannot be used, the builder's: for what must be done in any case. */
    public RechargePolicy orStandard(Step step) {
        return rules(step);
    }

    /** Decides on data that no other transaction can change before the step ends, but for the use of the card by other accounts. */
    public Decision decide(Step step) {
        return decide(step, step.account());
    }

    /** What would be decided if the account were like this: with other settings, for example. */
    Decision decide(Step step, Account account) {
        Decision decision = withoutCard(step, account);
        Decision.Recharge wanted = wanted(step, account, decision);
        if (wanted == null) {
            return decision;
        }
        Decision.Hold hold = cardHold(step, wanted.method());
        Decision.Hold total = hold == null ? spending.hold(step.tx()::hasRoom, step.now(), wanted.price()) : hold;
        return total == null ? decision : total;
    }

    /** The charge that would be made, or waits for its announced time; null when there is none. */
    private Decision.@Nullable Recharge wanted(Step step, Account account, Decision decision) {
        Decision wanted =
                isHeldForNotice(decision) ? policy(step, account).withoutNotice(read(step, account)) : decision;
        return wanted instanceof Decision.Recharge recharge ? recharge : null;
    }

    /** Announces the charge that an account needs, unless what was announced before covers it. */
    public void announce(Step step) {
        Decision decision = decide(step);
        Decision.Recharge wanted = isHeldForNotice(decision) ? wanted(step, step.account(), decision) : null;
        if (wanted != null) {
            rules(step)
                    .toAnnounce(read(step, step.account()), wanted, cards(step, wanted))
                    .ifPresent(next -> Announcements.announce(step, next, wanted));
        }
    }

    /** The card that comes first, and those that a recharge may go on with. */
    private static List<String> cards(Step step, Decision.Recharge wanted) {
        return Stream.concat(
                        Stream.of(wanted.method()),
                        step.tx().methods().all().stream().map(SavedMethod::method))
                .map(PaymentMethod::card)
                .distinct()
                .toList();
    }

    private static boolean isHeldForNotice(Decision decision) {
        return decision instanceof Decision.Hold hold && hold.reason() == HoldReason.ANNOUNCED;
    }

    /** Whether a charge must still be announced: its time counts only then. */
    private boolean awaitsNotice(Step step, Decision decision) {
        Decision.Recharge wanted = isHeldForNotice(decision) ? wanted(step, step.account(), decision) : null;
        return wanted != null
                && rules(step)
                        .toAnnounce(read(step, step.account()), wanted, List.of())
                        .isPresent();
    }

    /**
     * What was announced before an account is charged, for the recharge that rests on it; null when it was not announced, or what is charged
     * was not.
     */
    public @Nullable Announcement announced(Step step, Decision.Recharge recharge) {
        Announcement announced = step.account().state().announced();
        return announced != null && Announcements.gap(announced, recharge) == null ? announced : null;
    }

    /** Whether a recharge may go on with another card: where charges are announced, with an announced one only. */
    public boolean isAnnounced(Step step, Recharge open, PaymentMethod method) {
        Announcement announced = open.announced();
        if (open.trigger() == Trigger.REQUEST) {
            return true;
        }
        return announced == null
                ? rules(step).noticeBefore() == null
                : announced.cards().contains(method.card());
    }

    /** Decides for a claim, which asks for the card itself when it takes the card's lock. */
    public Decision decideWithoutCard(Step step) {
        measureUse(step);
        return withoutCard(step, step.account());
    }

    /** As {@link #decideWithoutCard}, for a user who asks to try again after a decline. */
    public Decision decideRetry(Step step) {
        Decision.Hold held = step.hold();
        if (held != null) {
            return held;
        }
        Instant last = step.account().state().lastOpenedAt();
        Instant again = last == null ? step.now() : last.plus(RETRY_AFTER);
        return again.isAfter(step.now())
                ? new Decision.Hold(HoldReason.COOLDOWN, again)
                : policy(step, step.account()).decideRetry(read(step, step.account()));
    }

    /** Decides about a package that the user asks to buy now, without the card. */
    public Decision decidePurchase(Step step, CreditPackage chosen) {
        Decision.Hold held = step.hold();
        return held == null
                ? policy(step, step.account()).decidePurchase(read(step, step.account(), true), chosen)
                : held;
    }

    private Decision withoutCard(Step step, Account account) {
        Decision.Hold held = step.hold();
        return held == null ? policy(step, account).decide(read(step, account)) : held;
    }

    /** Why the card may not be charged now, whatever the account; null when it may. */
    public Decision.@Nullable Hold cardHold(Step step, PaymentMethod method) {
        CardLimit limit = rules(step).cardLimit();
        return limit.hold(step.tx().cardUse(method.card(), limit.countedFrom(step.now())), step.now());
    }

    /** Claims the card for an attempt; the hold when that is refused, else null. */
    public Decision.@Nullable Hold claimCard(Step step, PaymentMethod method, AttemptId attempt) {
        CardLimit limit = rules(step).cardLimit();
        CardClaim claim = step.tx()
                .claimCard(method.card(), attempt, step.now(), limit.countedFrom(step.now()), limit.attempts());
        Instant soon = step.now().plus(BUSY_CARD_PAUSE);
        if (claim == CardClaim.TAKEN) {
            return null;
        }
        Decision.Hold busy = new Decision.Hold(HoldReason.CONTENTION, soon);
        if (claim == CardClaim.BUSY) {
            return busy;
        }
        Decision.Hold hold = cardHold(step, method);
        return hold == null ? busy : hold;
    }

    /** Reserves the price of a claim within the limits over all accounts; the hold when there is no room, else null. Locks last. */
    public Decision.@Nullable Hold reserve(Step step, Money price) {
        return spending.reserve(step, price);
    }

    /** The account, and in its agreement the maximum and the price that bind it. */
    public Account agreed(Step step) {
        Account account = step.account();
        Consent consent = account.state().consent();
        return consent == null || consent.bought() != null
                ? account
                : new Account(
                        account.id(),
                        account.balance(),
                        account.settings(),
                        account.customerId(),
                        account.method(),
                        account.state().withConsent(completed(step, account, consent)));
    }

    private @Nullable Consent consent(Step step, Account account) {
        Consent given = account.state().consent();
        if (given == null || given.bought() != null || !mayBeCharged(step, account)) {
            return given;
        }
        return completed(step, account, given);
    }

    private Consent completed(Step step, Account account, Consent given) {
        AccountPolicy policy = policy(step, account);
        if (!policy.isUsable()) {
            return given;
        }
        Currency currency = policy.rules().packages().all().get(0).price().currency();
        return policy.rules()
                .completed(
                        given,
                        account.settings(),
                        given.max() == null ? step.tx().dearestPaid(currency).orElse(null) : null,
                        step.tx().firstPrices());
    }

    /**
     * Why an open recharge may not be charged to another payment method after one has failed; null when it may. The stop for everything is
     * read here, as for every claim.
     */
    public Decision.@Nullable Hold objection(Step step, Recharge open) {
        if (open.isRequested()) {
            return isForgotten(step, open)
                    ? Decision.Hold.because(HoldReason.CONTENTION)
                    : policy(step, step.account()).purchaseObjection(read(step, step.account(), true));
        }
        return policy(step, step.account())
                .objection(read(step, step.account()), open.packageCredits(), open.credits(), open.price());
    }

    /** Whether the user who asked for a purchase does not wait for it any more. */
    private static boolean isForgotten(Step step, Recharge requested) {
        return !step.now().isBefore(requested.openedAt().plus(REQUEST_LIFE));
    }

    private Standing read(Step step, Account account) {
        return read(step, account, mayBeCharged(step, account));
    }

    /** @param mayBeCharged whether anything may be charged now; otherwise less is read */
    private Standing read(Step step, Account account, boolean mayBeCharged) {
        MethodChoice choice = mayBeCharged
                ? MethodChoice.of(account, step.tx()::methods, step.now(), method -> cardHold(step, method) == null)
                : MethodChoice.primary(account);
        // Before the stop: a database reads both at once.
        List<PastRecharge> counted = mayBeCharged
                ? step.tx()
                        .countedSince(rules(step, account)
                                .limits()
                                .countedFrom(step.now(), account.state().rules()))
                : List.of();
        return new Standing(
                account.id(),
                step.now(),
                account.balance(),
                balanceDoubt(step),
                account.settings(),
                consent(step, account),
                choice.method(),
                choice.suspension(),
                openUntil(step),
                choice.retryAt(),
                account.state().lastOpenedAt(),
                mayBeCharged && isPaused(step),
                counted,
                account.state().requested(),
                account.state().rules(),
                account.state().announced(),
                account.state().unused(),
                rules(step, account).effectiveThreshold(account));
    }

    /** Most checks find a balance that is not low: past recharges, for example, do not matter then. */
    private boolean mayBeCharged(Step step, Account account) {
        return account.settings().enabled() && rules(step, account).isWanted(account, step.now());
    }

    /** What follows declines. */
    public BackOff backOff(Step step) {
        return rules(step).backOff();
    }

    /** How far the account may be overdrawn after a decline; null when it may not. */
    public @Nullable GraceRule grace(Step step) {
        return rules(step).grace();
    }

    /** How many payment methods a recharge may try. */
    public int maxAttempts(Step step) {
        return rules(step).maxAttempts();
    }

    /** Whether an operator has stopped all charges. From here on, a stop waits until this step has ended. */
    public boolean isPaused(Step step) {
        return step.tx().pause().isPresent();
    }

    /** A recharge that its customer may be paying in a checkout counts as open, like one that is being charged. */
    private @Nullable Instant openUntil(Step step) {
        return step.tx()
                .openRecharge()
                .map(open -> open.attempt().nextCheckAt())
                .or(() -> openRecovery(step).map(Checkout::nextCheckAt).map(at -> ahead(at, step.now())))
                .orElse(null);
    }

    /** The open checkout in which the customer pays a recharge that needed authentication. */
    public Optional<Checkout> openRecovery(Step step) {
        return step.tx().openCheckouts().stream()
                .filter(it -> it.recovers() != null)
                .findFirst();
    }

    private static Instant ahead(Instant at, Instant now) {
        return at.isAfter(now) ? at : now.plus(OVERDUE);
    }

    /** Whether the balance is still below the user's threshold after this recharge, which is what its size is computed from. */
    public boolean staysLow(Step step, Decision.Recharge recharge) {
        Account account = step.account();
        Credits after = account.balance().plus(recharge.credits()).plus(recharge.bonus());
        return rules(step).isLow(after, account.settings().threshold());
    }

    /** What one recharge would cost whatever the user agreed to; null when the balance is not low. */
    public @Nullable Money priceWithoutAgreement(Step step) {
        return rules(step).chargeNow(step.account()).orElse(null);
    }

    /** The policy's velocity alarm, if the recharge that this step has just opened is the first to exceed it. */
    public Optional<VelocityAlarm> alarm(Step step) {
        return Optional.ofNullable(rules(step).velocityAlarm())
                .filter(alarm -> alarm.begins(step.tx().countedSince(alarm.countedFrom(step.now())).stream()
                        .map(PastRecharge::openedAt)
                        .toList()));
    }

    /** Why nothing can be decided on the account's balance now; null when decisions may rest on it. */
    public Decision.@Nullable Hold balanceDoubt(Step step) {
        return step.tx().balanceState(step.now()).doubt();
    }

    /**
     * Whether an attempt that was claimed earlier is still wanted: since then, the account was not switched off or suspended, its consent
     * not withdrawn, its maximum, its price and the user's own limit not lowered, its balance not raised, its card neither replaced nor stopped,
     * and its package not changed. An attempt in doubt keeps its package: it may have been paid already. A purchase that the user asked for is
     * wanted for some minutes, while the user waits for it.
     */
    public boolean stillWanted(Step step, RechargeWithAttempt open) {
        Account account = step.account();
        boolean asked = open.recharge().isRequested()
                ? !isForgotten(step, open.recharge())
                : account.settings().enabled()
                        && isAgreed(rules(step), agreed(step).state().consent(), open.recharge())
                        && (open.attempt().inDoubt() || isChosen(account, open.recharge()))
                        && rules(step).isWanted(account, step.now());
        return asked
                && account.state().suspension() == null
                && !isOwnLimitLowered(step)
                && isListed(step, open.attempt())
                && !isPaidAlready(step, open)
                && step.tx()
                                .cardUse(
                                        open.attempt().card(),
                                        rules(step).cardLimit().countedFrom(step.now()))
                                .stop()
                        == null;
    }

    private static boolean isAgreed(RechargePolicy policy, @Nullable Consent consent, Recharge recharge) {
        return consent != null
                && policy.isAgreed(consent, recharge.price())
                && consent.coversPrice(recharge.credits(), recharge.price());
    }

    /** What the account's package holds and costs now; null when none is chosen that is on sale. */
    public @Nullable AgreedPackage offer(Step step, Account account) {
        Integer credits = account.settings().credits();
        RechargePolicy policy = rules(step, account);
        return credits == null
                ? null
                : policy.packages().find(credits).map(policy::offer).orElse(null);
    }

    /** Read only where the user has a limit of the own. */
    private boolean isOwnLimitLowered(Step step) {
        UserRules rules = step.account().state().rules();
        Limits limits = rules(step).limits();
        return rules.monthlyLimit() != null
                && limits.lowered(step.tx().countedSince(limits.countedFrom(step.now(), rules)), step.now(), rules)
                        != null;
    }

    /** Whether the account still uses the method that this attempt charges, and it is not passed over. */
    private static boolean isListed(Step step, Attempt attempt) {
        return step.tx()
                .methods()
                .find(attempt.paymentMethodId())
                .filter(it -> it.stop() == null)
                .isPresent();
    }

    /** Another attempt of the recharge may have been captured after it had failed. */
    private static boolean isPaidAlready(Step step, RechargeWithAttempt open) {
        return open.attempt().number() > 1
                && step.tx().attempts(open.recharge().id()).stream().anyMatch(it -> it.state() == AttemptState.PAID);
    }

    private static boolean isChosen(Account account, Recharge recharge) {
        Integer credits = account.settings().credits();
        return credits != null && credits == recharge.packageCredits();
    }

    /** After a recharge was paid and granted: until something is used, the account needs no other one, if this has left enough. */
    public void paid(Step step, Instant openedAt) {
        Account account = step.account();
        boolean enough = balanceDoubt(step) == null && !rules(step).isLow(account);
        step.tx().save(account.state().unused(enough));
        warn(step, openedAt);
    }

    /**
     * Publishes which parts of its limits of money the account has used, after a recharge was paid. In the transaction that records the
     * payment, so that each is published once, whatever the node.
     *
     * @param openedAt when the recharge was opened: it counts toward the periods of that time
     */
    private void warn(Step step, Instant openedAt) {
        Account account = step.account();
        UserRules rules = account.state().rules();
        Limits limits = rules(step).limits();
        if (!limits.limitMoney(rules)) {
            return;
        }
        limits.warnings(step.tx().countedSince(limits.countedFrom(openedAt, rules)), openedAt, rules).stream()
                .filter(warning -> warning.until().isAfter(step.now()))
                .forEach(warning -> step.publish(AutoRechargeEvent.of(
                                EventType.LIMIT_WARNING,
                                account.id(),
                                account.id() + "/" + warning.limit() + "/" + warning.percent() + "/" + warning.most()
                                        + "/" + warning.until(),
                                step.now())
                        .about(String.valueOf(warning.percent()))
                        .because(warning.limit().name())
                        .spent(warning.spent())
                        .until(warning.until())));
    }

    /** A policy that cannot be used now says nothing of how the account is measured. */
    private void measureUse(Step step) {
        AccountPolicy chosen = policy(step, step.account());
        if (chosen.isUsable()) {
            UsageMeter.measure(step, chosen.rules());
        }
    }

    /** Writes when to check the account next. */
    void schedule(Step step) {
        forgetCovered(step);
        measureUse(step);
        Stream<Instant> checkouts = step.tx().openCheckouts().stream()
                .map(Checkout::nextCheckAt)
                .filter(Objects::nonNull)
                .map(at -> ahead(at, step.now()));
        Instant ofGrace = Graces.update(step);
        Instant next = Stream.of(
                        Stream.ofNullable(nextOfRecharge(step)),
                        Stream.ofNullable(ofGrace),
                        checkouts,
                        ofExternalBalance(step),
                        UsageMeter.nextAt(step.account()).stream())
                .flatMap(times -> times)
                .min(Instant::compareTo)
                .orElse(null);
        step.tx().save(step.account().state().dueAt(next));
    }

    /** A refused debit counts until its hour is over, or the balance covers it. */
    private static void forgetCovered(Step step) {
        AccountState state = step.account().state();
        RequestedCredits requested = state.requested();
        if (requested != null && !requested.isOpen(step.account().balance(), step.now())) {
            step.tx().save(state.requesting(null));
        }
    }

    /** Has the account checked as soon as possible. */
    void makeDue(Step step) {
        Instant before = step.account().state().dueAt();
        Instant due = before != null && before.isBefore(step.now()) ? before : step.now();
        step.tx().save(step.account().state().dueAt(due));
    }

    private @Nullable Instant nextOfRecharge(Step step) {
        Optional<RechargeWithAttempt> open = step.tx().openRecharge();
        if (open.isPresent()) {
            return open.get().attempt().nextCheckAt();
        }
        Decision decision = decide(step);
        Announcements.withdraw(step, decision);
        return decision instanceof Decision.Hold hold && !awaitsNotice(step, decision)
                ? nextOf(hold, step.now())
                : step.now();
    }

    /** A limit may be raised meanwhile, so an account that it holds does not wait for its end unseen. */
    private static @Nullable Instant nextOf(Decision.Hold hold, Instant now) {
        Instant until = hold.until();
        boolean limit = Limits.isReasonOf(hold.reason());
        Instant again = now.plus(LIMIT_AGAIN);
        return limit && until != null && until.isAfter(again) ? again : until;
    }

    /**
     * Unconfirmed grants must be delivered, also to accounts that are switched off, and another service does not report every change.
     */
    private static Stream<Instant> ofExternalBalance(Step step) {
        BalanceState balance = step.tx().balanceState(step.now());
        Account account = step.account();
        boolean compared = balance.compareEvery() != null
                && account.settings().enabled()
                && account.method() != null
                && account.state().suspension() == null;
        return Stream.concat(
                Stream.ofNullable(balance.nextDeliveryAt()),
                compared ? Stream.of(step.now().plus(balance.compareEvery())) : Stream.empty());
    }
}
