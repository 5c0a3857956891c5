package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Grace;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.clock.ClockCheck;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Spending;
import io.autorecharge.report.DatabaseReport;
import io.autorecharge.report.SmartThresholdStatus;
import io.autorecharge.report.Status;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Builds the status of an account from its standing. */
public final class StatusReader {
    /**
     * Stripe asks integrations to show these as a generic decline, so that a thief does not learn what the issuer knows
     * (docs.stripe.com/declines/codes).
     */
    private static final Set<String> NOT_FOR_CUSTOMERS = Set.of(
            "lost_card",
            "stolen_card",
            "fraudulent",
            "pickup_card",
            "merchant_blacklist",
            "highest_risk_level",
            "restricted_card",
            "security_violation");

    private static final Set<String> REFUSALS =
            Set.of(Outcome.NotSubmitted.Reason.REJECTED.name(), Outcome.NotSubmitted.Reason.CONFIGURATION.name());

    /** What cannot be said while the policy of the account is not known. */
    private static final Set<HoldReason> OF_PACKAGES =
            Set.of(HoldReason.PACKAGE_NOT_OFFERED, HoldReason.PRICE_CHANGED, HoldReason.AMOUNT_NOT_AGREED);

    private final RechargeStore store;
    private final Ledger ledger;
    private final Policies policies;
    private final HoldReader holds;
    private final ClockCheck clocks;
    private final Supplier<DatabaseReport> database;
    private final Clock clock;

    public StatusReader(
            RechargeStore store,
            Ledger ledger,
            Policies policies,
            TotalSpending spending,
            ClockCheck clocks,
            Supplier<DatabaseReport> database,
            Clock clock) {
        this.store = store;
        this.ledger = ledger;
        this.policies = policies;
        this.holds = new HoldReader(store, spending, clock);
        this.clocks = clocks;
        this.database = database;
        this.clock = clock;
    }

    public Status read(AccountId id) {
        return store.find(id)
                .map(account -> of(account).with(smartThreshold(account)))
                .orElseGet(() -> new Status(
                        id,
                        Status.State.OFF,
                        null,
                        null,
                        List.of(),
                        ledger.balance(id),
                        Settings.initial(policies.standard().threshold()),
                        null,
                        null,
                        policies.ofNew(id).rules().spending(List.of(), clock.instant(), UserRules.NONE),
                        null,
                        null));
    }

    /** The policy of an account; empty when it cannot be used. */
    public Optional<RechargePolicy> policyOf(AccountId id) {
        if (policies.isOne()) {
            return Optional.of(policies.standard());
        }
        AccountPolicy policy = store.find(id).map(policies::of).orElseGet(() -> policies.ofNew(id));
        return policy.isUsable() ? Optional.of(policy.rules()) : Optional.empty();
    }

    private Status of(Account stored) {
        AccountPolicy policy = policies.of(stored);
        Account account = holds.agreed(stored, policy);
        AccountState state = account.state();
        Suspension stop = state.suspension();
        Instant retryAt = state.retryAt();
        List<HoldReason> missing =
                policy.rules().missing(account.settings(), state.consent(), account.method()).stream()
                        .filter(it -> policy.isUsable() || !OF_PACKAGES.contains(it))
                        .map(it -> explained(it, state))
                        .toList();
        Optional<RechargeWithAttempt> last =
                store.recharges(account.id(), 1).stream().findFirst();
        boolean underWay = last.isPresent() && last.get().recharge().state() == RechargeState.OPEN;
        Optional<PendingPosting> owed =
                store.grants(account.id()).pending().stream().findFirst();
        Optional<OwedEntries> refused = refused(account.id());
        if (!account.settings().enabled()) {
            return off(account, underWay ? last : Optional.empty(), owed, refused);
        }
        if (underWay) {
            Attempt attempt = last.get().attempt();
            return status(account, Status.State.RECHARGING, refusal(attempt), attempt.nextCheckAt(), missing);
        }
        if (owed.isPresent()) {
            return status(
                    account,
                    Status.State.RECHARGING,
                    HoldReason.GRANT_PENDING.name(),
                    owed.get().deliverAt(),
                    missing);
        }
        boolean grantRefused = refused.filter(it -> it.bought() != null).isPresent();
        if (refused.isPresent() && (grantRefused || stop == null)) {
            Status.State word = grantRefused ? Status.State.RECHARGING : Status.State.SUSPENDED;
            return status(
                    account, word, HoldReason.ENTRIES_OWED.name(), refused.get().nextAt(), missing);
        }
        if (stop != null) {
            boolean customerNeeded = stop.reason() == Suspension.Reason.AUTHENTICATION_REQUIRED
                    && last.filter(it -> isOffered(account, it)).isPresent();
            if (!customerNeeded && stop.reason() == Suspension.Reason.AUTHENTICATION_REQUIRED && !missing.isEmpty()) {
                return status(account, Status.State.INCOMPLETE, missing.get(0).name(), null, missing);
            }
            Status.State word = customerNeeded ? Status.State.NEEDS_AUTHENTICATION : Status.State.SUSPENDED;
            return status(account, word, stop.reason().name(), null, missing);
        }
        if (!missing.isEmpty()) {
            return status(account, Status.State.INCOMPLETE, missing.get(0).name(), null, missing);
        }
        if (retryAt != null && retryAt.isAfter(clock.instant())) {
            String why =
                    last.map(it -> it.attempt().detail()).map(StatusReader::fit).orElse("declined");
            return status(account, Status.State.BACKING_OFF, why, retryAt, missing);
        }
        String stopped = stopped();
        if (stopped != null) {
            return status(account, Status.State.ACTIVE, stopped, state.dueAt(), missing);
        }
        Decision.Hold hold = holds.of(account, policy);
        return hold == null
                ? status(account, Status.State.ACTIVE, null, nextTry(account), missing)
                : status(account, Status.State.ACTIVE, hold.reason().name(), hold.until(), missing);
    }

    /** Measuring how fast credits are used is no try to charge. */
    private static @Nullable Instant nextTry(Account account) {
        Instant due = account.state().dueAt();
        return UsageMeter.nextAt(account).filter(at -> at.equals(due)).isPresent() ? null : due;
    }

    private @Nullable SmartThresholdStatus smartThreshold(Account account) {
        RechargePolicy policy = policies.of(account).rules();
        if (policy.smartThreshold().isEmpty() || !account.settings().enabled()) {
            return null;
        }
        Usage usage = account.state().usage();
        return new SmartThresholdStatus(usage == null ? null : usage.perHour(), policy.effectiveThreshold(account));
    }

    private boolean isOffered(Account account, RechargeWithAttempt last) {
        RechargeWithAttempt waiting = Recovery.toAuthenticate(
                last, () -> store.attempts(account.id(), last.recharge().id()));
        return Recovery.isOffered(account, store.methods(account.id()), waiting);
    }

    /** A customer who paid in a checkout expects that the card was saved. */
    private static HoldReason explained(HoldReason missing, AccountState state) {
        return missing == HoldReason.NO_PAYMENT_METHOD && state.notSavedSince() != null
                ? HoldReason.METHOD_NOT_SAVED
                : missing;
    }

    /** What keeps every account from being charged; null when nothing does. */
    private @Nullable String stopped() {
        if (store.pause().isPresent()) {
            return HoldReason.PAUSED.name();
        }
        HoldReason stop = stopOfThisNode();
        return stop == null ? null : stop.name();
    }

    /** What keeps this process from charging any account; null when nothing does. */
    public @Nullable HoldReason stopOfThisNode() {
        if (!database.get().charging()) {
            return HoldReason.DATABASE_NOT_CONFIRMED;
        }
        return clocks.report().charging() ? null : HoldReason.CLOCK_DIFFERS;
    }

    /** A grant before a reversal: the customer has paid for it. */
    private Optional<OwedEntries> refused(AccountId account) {
        return store.owed(account).stream()
                .filter(it -> it.nextAt() != null)
                .min(Comparator.comparing((OwedEntries it) -> it.bought() == null)
                        .thenComparing(OwedEntries::since));
    }

    private Status off(
            Account account,
            Optional<RechargeWithAttempt> open,
            Optional<PendingPosting> owed,
            Optional<OwedEntries> refused) {
        if (open.isPresent()) {
            Instant next = open.get().attempt().nextCheckAt();
            return status(account, Status.State.OFF, HoldReason.RECHARGE_OPEN.name(), next, List.of());
        }
        return owed.map(it ->
                        status(account, Status.State.OFF, HoldReason.GRANT_PENDING.name(), it.deliverAt(), List.of()))
                .or(() -> refused.map(it ->
                        status(account, Status.State.OFF, HoldReason.ENTRIES_OWED.name(), it.nextAt(), List.of())))
                .orElseGet(() -> status(account, Status.State.OFF, null, null, List.of()));
    }

    private Status status(
            Account account,
            Status.State word,
            @Nullable String reason,
            @Nullable Instant nextTry,
            List<HoldReason> missing) {
        Grace grace = grace(account);
        boolean waits = word == Status.State.ACTIVE || word == Status.State.BACKING_OFF;
        return new Status(
                account.id(),
                grace != null && waits ? Status.State.GRACE : word,
                reason,
                nextTry,
                missing,
                account.balance(),
                account.settings(),
                account.method(),
                account.state().consent(),
                spending(account),
                grace,
                waits ? announced(account) : null);
    }

    private @Nullable Grace grace(Account account) {
        Grace grace = account.state().grace();
        return grace != null && grace.isOpen(clock.instant()) ? grace : null;
    }

    /** Only as long as a charge is called for; it is withdrawn with the account's next check otherwise. */
    private @Nullable Announcement announced(Account account) {
        return policies.of(account).rules().isWanted(account, clock.instant())
                ? account.state().announced()
                : null;
    }

    private Spending spending(Account account) {
        Instant now = clock.instant();
        RechargePolicy policy = policies.of(account).rules();
        return policy.spending(
                store.countedSince(account.id(), policy.limits().monthStart(now)),
                now,
                account.state().rules());
    }

    /** What an open attempt waits for when the provider refuses it; null when it is simply under way. */
    private static @Nullable String refusal(Attempt attempt) {
        return REFUSALS.contains(attempt.detail() == null ? "" : attempt.detail()) ? attempt.detail() : null;
    }

    private static String fit(String code) {
        return NOT_FOR_CUSTOMERS.contains(code) ? "declined" : code;
    }
}
