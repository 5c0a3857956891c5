package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.Limits;
import io.autorecharge.store.BalanceState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Computes when each account has to be checked next, and writes that with every change of an account. */
final class DueTimes {
    /** How long an account waits that a limit holds, until it is decided again. */
    private static final Duration LIMIT_AGAIN = Duration.ofHours(1);

    private final StandingReader standingReader;

    DueTimes(StandingReader standingReader) {
        this.standingReader = standingReader;
    }

    /** Writes when to check the account next. */
    void schedule(Step step) {
        forgetCovered(step);
        standingReader.measureUse(step);
        Stream<Instant> checkouts = step.tx().openCheckouts().stream()
                .map(Checkout::nextCheckAt)
                .filter(Objects::nonNull)
                .map(at -> StandingReader.ahead(at, step.now()));
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
    static void makeDue(Step step) {
        Instant before = step.account().state().dueAt();
        Instant due = before != null && before.isBefore(step.now()) ? before : step.now();
        step.tx().save(step.account().state().dueAt(due));
    }

    private @Nullable Instant nextOfRecharge(Step step) {
        Optional<RechargeWithAttempt> open = step.tx().openRecharge();
        if (open.isPresent()) {
            return open.get().attempt().nextCheckAt();
        }
        Decision decision = standingReader.decide(step);
        Announcements.withdraw(step, decision);
        return decision instanceof Decision.Hold hold && !standingReader.awaitsNotice(step, decision)
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
