package io.autorecharge.internal.charge;

import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.Step;
import io.autorecharge.policy.BackOff;
import io.autorecharge.store.Attempt;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a failed charge means for the payment method that was charged. Nothing, if the account does not use the method any more: the failure of a
 * replaced card says nothing about the new one.
 *
 * @param listed whether the account still uses the method
 * @param inARow how often the method has failed in a row, this failure included where it is the method's
 * @param stop why the method is not charged until its customer acts; null when it is
 * @param retryAt when it may be charged again; null when it is stopped, or not used any more
 */
record MethodFailure(
        boolean listed,
        int inARow,
        Suspension.@Nullable Reason stop,
        @Nullable Instant retryAt) {
    /** @param graced whether the account may be overdrawn: then declines do not stop the card, but retries become rarer */
    static MethodFailure declined(
            Step step, Attempt attempt, Outcome.Declined declined, BackOff backOff, boolean graced) {
        SavedMethod method = find(step, attempt);
        // What the host configured says nothing about the card.
        boolean counts = method != null && !CustomerStamps.isOfOthers(declined.kind());
        int inARow = before(step, method) + (counts ? 1 : 0);
        return of(
                step,
                attempt,
                method,
                inARow,
                graced && declined.kind() == Outcome.Declined.Kind.SOFT
                        ? null
                        : stopFor(declined.kind(), inARow, backOff),
                declined.retryAfter(),
                backOff);
    }

    static MethodFailure refused(Step step, Attempt attempt, BackOff backOff) {
        SavedMethod method = find(step, attempt);
        int inARow = before(step, method) + (method == null ? 0 : 1);
        Suspension.Reason stop = backOff.suspends(inARow) ? Suspension.Reason.REQUEST_REFUSED : null;
        return of(step, attempt, method, inARow, stop, null, backOff);
    }

    /** It counts like a decline, so that the bank is not asked each time the settings are saved. */
    static MethodFailure authentication(Step step, Attempt attempt, BackOff backOff) {
        SavedMethod method = find(step, attempt);
        int inARow = before(step, method) + (method == null ? 0 : 1);
        return of(step, attempt, method, inARow, Suspension.Reason.AUTHENTICATION_REQUIRED, null, backOff);
    }

    private static MethodFailure of(
            Step step,
            Attempt attempt,
            @Nullable SavedMethod method,
            int inARow,
            Suspension.@Nullable Reason stop,
            @Nullable Duration least,
            BackOff backOff) {
        boolean listed = method != null;
        return new MethodFailure(
                listed,
                inARow,
                listed ? stop : null,
                listed && stop == null
                        ? later(step.now(), attempt.lastSentAt()).plus(longer(backOff.waitAfter(inARow), least))
                        : null);
    }

    private static Suspension.@Nullable Reason stopFor(Outcome.Declined.Kind kind, int inARow, BackOff backOff) {
        return switch (kind) {
            case HARD -> Suspension.Reason.HARD_DECLINE;
            case METHOD_UNUSABLE -> Suspension.Reason.METHOD_UNUSABLE;
            case OTHER_INSTALLATION -> Suspension.Reason.OTHER_INSTALLATION;
            case OTHER_ACCOUNT -> Suspension.Reason.OTHER_ACCOUNT;
            case SOFT -> backOff.suspends(inARow) ? Suspension.Reason.REPEATED_DECLINES : null;
        };
    }

    /** Notes the failure in the account's list. An account without backups has no list: its own state says it. */
    void record(Step step, Attempt attempt) {
        boolean blamed = stop == null || stop.blamesMethod();
        if (!listed || !blamed || step.account().state().backups() == 0) {
            return;
        }
        PaymentMethods methods = step.tx().methods();
        methods.find(attempt.paymentMethodId())
                .map(it -> it.failed(inARow, retryAt, stop == null ? null : new MethodStop(stop, step.now())))
                .ifPresent(it -> step.tx().save(methods.with(it)));
    }

    private static @Nullable SavedMethod find(Step step, Attempt attempt) {
        return step.tx().methods().find(attempt.paymentMethodId()).orElse(null);
    }

    private static int before(Step step, @Nullable SavedMethod method) {
        return method == null ? step.account().state().declines() : method.declines();
    }

    /** The node that settles may be behind the one that sent. */
    private static Instant later(Instant a, Instant b) {
        return a.isAfter(b) ? a : b;
    }

    private static Duration longer(Duration usual, @Nullable Duration least) {
        return least != null && least.compareTo(usual) > 0 ? least : usual;
    }
}
