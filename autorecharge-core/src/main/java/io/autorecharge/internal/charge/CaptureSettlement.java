package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.Announcements;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.PurchaseBooking;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.OwedEntries.Bought;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Settles an attempt whose money was taken: grants once, whatever state the attempt was in. */
public final class CaptureSettlement {
    /** The reason of an event that an operator must handle: two payments were captured instead of one. */
    public static final String PAID_TWICE = "PAID_TWICE";

    private static final Logger log = LoggerFactory.getLogger(CaptureSettlement.class);

    private final ReversalSettlement reversals;

    CaptureSettlement(ReversalSettlement reversals) {
        this.reversals = reversals;
    }

    void settlePaid(Step step, RechargeWithAttempt it, Outcome.Paid paid) {
        Recharge recharge = it.recharge();
        Attempt attempt = it.attempt();
        if (attempt.state() == AttemptState.PAID && paid.providerReference().equals(attempt.providerReference())) {
            return;
        }
        if (attempt.state() == AttemptState.PAID || !paid.amount().equals(attempt.amount())) {
            mismatch(step, it, paid);
            return;
        }
        // The customer may have paid the same recharge in a checkout, or another of its attempts was captured: that
        // granted its bonus.
        boolean twice = recharge.state() == RechargeState.PAID
                || ((attempt.number() > 1 || attempt.state() != AttemptState.OPEN)
                        && FailureSettlement.isPaidByAnother(step, attempt));
        Credits bonus = twice ? Credits.ZERO : recharge.bonus();
        Bought bought = new Bought(LedgerPostings.kindOf(recharge), recharge.credits(), bonus);
        if (!PurchaseBooking.grant(step, paid.providerReference(), paid.amount(), bought)) {
            log.warn("attempt={} charge={} was granted before", attempt.id(), paid.providerReference());
        }
        if (twice || attempt.state() != AttemptState.OPEN) {
            contradicts(step, attempt, twice);
        }
        step.tx().save(attempt.in(AttemptState.PAID, step.now(), paid.providerReference(), "paid"));
        if (!awaitsAnother(step, it)) {
            step.tx().save(recharge.in(RechargeState.PAID, step.now()));
        }
        if (recharge.announced() != null) {
            Announcements.end(step);
        }
        // A checkout that was offered for the same recharge must be closed immediately.
        step.tx().openCheckouts().stream()
                .filter(checkout -> attempt.id().equals(checkout.recovers()))
                .forEach(checkout -> step.tx().save(checkout.askedAgainAt(step.now())));
        if (FailureSettlement.isCardInUse(step, attempt)) {
            Suspensions.charged(step, attempt.paymentMethodId(), attempt.id().value());
        }
        Credits balance = step.account().balance();
        step.publish(
                of(EventType.RECHARGE_PAID, recharge.account(), attempt.id().value(), step.now())
                        .about(recharge.id().value())
                        .bought(recharge.credits(), bonus, recharge.price(), balance)
                        .because(recharge.isRequested() ? recharge.trigger().name() : null));
        log.info(
                "account={} recharge={} attempt={} paid {}: {} credits and {} bonus, balance {}",
                recharge.account(),
                recharge.id(),
                attempt.id(),
                recharge.price(),
                recharge.credits(),
                bonus,
                balance);
        reversals.granted(step, paid.providerReference(), paid.amount());
    }

    /**
     * Whether a later attempt of the recharge is open while this one is captured after all. The recharge stays open until it is known that nothing
     * more can be captured; the later attempt is not sent again.
     */
    private static boolean awaitsAnother(Step step, RechargeWithAttempt it) {
        return it.recharge().state() == RechargeState.OPEN
                && it.attempt().state() != AttemptState.OPEN
                && step.tx()
                        .openRecharge()
                        .filter(open -> open.attempt().state() == AttemptState.OPEN)
                        .isPresent();
    }

    private static void contradicts(Step step, Attempt attempt, boolean twice) {
        String settled = twice ? PAID_TWICE : attempt.state().name();
        step.publish(of(EventType.CONTRARY_OUTCOME, attempt.account(), attempt.id() + "/paid", step.now())
                .about(attempt.id().value())
                .because(settled));
        log.error("account={} attempt={} was settled as {}, but it is paid", attempt.account(), attempt.id(), settled);
    }

    /**
     * Another charge has the attempt's id, the charge was changed, or it was captured twice. Granting it could create credits without a
     * payment, so an operator must decide.
     */
    private void mismatch(Step step, RechargeWithAttempt it, Outcome.Paid paid) {
        Attempt attempt = it.attempt();
        publishMismatch(step, attempt, attempt.customerId(), paid);
        if (attempt.state() == AttemptState.OPEN) {
            Outcome doubt = new Outcome.Unknown("captured amount differs");
            step.tx()
                    .save(attempt.waiting(
                            true,
                            step.now().plus(RetryDelays.after(doubt, attempt.checks())),
                            paid.providerReference(),
                            "capture mismatch"));
        }
    }

    /** Nothing was granted, and the attempt is unchanged. */
    static void publishMismatch(Step step, Attempt attempt, String customerId, Outcome.Paid paid) {
        log.error(
                "account={} attempt={} asked for {} of {} but the provider reports {} of {} captured as {}; nothing was granted",
                attempt.account(),
                attempt.id(),
                attempt.amount(),
                attempt.customerId(),
                paid.amount(),
                customerId,
                paid.providerReference());
        publishMismatch(step, attempt.id().value(), paid.amount(), paid.providerReference());
    }

    /** @param subject the attempt or checkout that was not paid by this capture */
    public static void publishMismatch(Step step, String subject, Money captured, String charge) {
        step.publish(of(EventType.CAPTURE_MISMATCH, step.account().id(), subject + "/" + charge, step.now())
                .about(subject)
                .bought(Credits.ZERO, Credits.ZERO, captured, step.account().balance())
                .because(charge));
    }
}
