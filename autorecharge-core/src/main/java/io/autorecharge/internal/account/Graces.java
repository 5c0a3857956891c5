package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.Grace;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.GraceRule;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Begins and ends the time in which an account may be overdrawn after a decline. */
public final class Graces {
    private static final Duration A_DAY = Duration.ofDays(1);

    /** Money went back or was suspected to be stolen: nothing is given on credit. */
    private static final Set<Suspension.Reason> NO_CREDIT = EnumSet.of(
            Suspension.Reason.REFUNDED,
            Suspension.Reason.DISPUTED,
            Suspension.Reason.FRAUD_WARNING,
            Suspension.Reason.HARD_DECLINE,
            Suspension.Reason.OTHER_INSTALLATION,
            Suspension.Reason.OTHER_ACCOUNT);

    private Graces() {}

    /**
     * Begins a grace after a decline, unless the account or the card has had one since the last payment that brought the balance to zero.
     *
     * @return whether the account may be overdrawn now
     */
    public static boolean begin(Step step, @Nullable GraceRule rule, String card) {
        Account account = step.account();
        Grace before = account.state().grace();
        if (before != null) {
            return before.isOpen(step.now());
        }
        boolean possible = account.settings().enabled() && account.state().suspension() == null;
        if (rule == null || !possible || !step.tx().takeGrace(card)) {
            return false;
        }
        Grace grace = new Grace(step.now(), step.now().plus(rule.length()), rule.credits(), card, Grace.Stage.RUNNING);
        step.tx().save(account.state().grace(grace));
        step.publish(event(step, EventType.GRACE_STARTED, grace).overdraft(grace.credits()));
        return true;
    }

    /** After a payment: a balance of zero or more ends a grace, and permits another one later. */
    public static void paid(Step step) {
        Grace grace = step.account().state().grace();
        if (grace == null || step.account().balance().isNegative()) {
            return;
        }
        if (grace.stage() != Grace.Stage.ENDED) {
            step.publish(event(step, EventType.GRACE_ENDED, grace).because("PAID"));
        }
        step.tx().endGrace(grace.card());
        step.tx().save(step.account().state().grace(null));
    }

    /**
     * Reports that a grace ends, and ends it.
     *
     * @return when it has to be looked at next; null when it need not be
     */
    static @Nullable Instant update(Step step) {
        Grace grace = step.account().state().grace();
        if (grace == null || grace.stage() == Grace.Stage.ENDED) {
            return null;
        }
        String over = reasonToEnd(step, grace);
        if (over != null) {
            Grace ended = grace.ended(step.now());
            step.tx().save(step.account().state().grace(ended));
            step.publish(event(step, EventType.GRACE_ENDED, ended).because(over));
            return null;
        }
        Instant last = grace.until().minus(A_DAY);
        boolean tomorrow = !step.now().isBefore(last) && last.isAfter(grace.since());
        if (grace.stage() == Grace.Stage.RUNNING && tomorrow) {
            step.tx().save(step.account().state().grace(grace.ending()));
            step.publish(event(step, EventType.GRACE_ENDING, grace));
            return grace.until();
        }
        return grace.stage() == Grace.Stage.RUNNING && last.isAfter(step.now()) ? last : grace.until();
    }

    private static @Nullable String reasonToEnd(Step step, Grace grace) {
        Account account = step.account();
        Suspension stop = account.state().suspension();
        if (stop != null && NO_CREDIT.contains(stop.reason())) {
            return stop.reason().name();
        }
        if (!account.settings().enabled()) {
            return "DISABLED";
        }
        return grace.isOpen(step.now()) ? null : "EXPIRED";
    }

    private static AutoRechargeEvent event(Step step, EventType type, Grace grace) {
        return of(type, step.account().id(), step.account().id() + "/" + grace.since(), step.now())
                .until(grace.until());
    }
}
