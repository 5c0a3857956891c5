package io.autorecharge.internal.restore;

import io.autorecharge.account.AccountState;
import io.autorecharge.gateway.ChargeTerms;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentHistory.Charge;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.PurchaseBooking;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.GatewayCalls;
import io.autorecharge.internal.charge.NextAttempt;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restores charges from the provider's payment history in a database that may lack them. A known charge is settled as usual. An unknown one
 * is recorded as it was, under the account's lock, and settled in the same transaction.
 */
public final class ChargeRestorer {
    private static final Logger log = LoggerFactory.getLogger(ChargeRestorer.class);

    private final AccountTransactions transactions;
    private final AttemptSettlement settlement;
    private final GatewayCalls provider;
    private final LostAttempts further;

    /** @param settlement goes on with the attempts that followed, and with no other */
    ChargeRestorer(
            AccountTransactions transactions,
            AttemptSettlement settlement,
            GatewayCalls provider,
            LostAttempts further) {
        this.transactions = transactions;
        this.settlement = settlement;
        this.provider = provider;
        this.further = further;
    }

    /** Makes one for the charges of a payment history. */
    public static Factory factory(
            AccountTransactions transactions,
            Function<NextAttempt, AttemptSettlement> settlement,
            GatewayCalls provider) {
        return further -> new ChargeRestorer(transactions, settlement.apply(further), provider, further);
    }

    /** Makes a restorer for one reconciliation. */
    public interface Factory {
        ChargeRestorer of(LostAttempts further);
    }

    /** @param recovered whether a checkout was offered to pay it: then it needed authentication, and was cancelled for that */
    Finding restore(Charge charge, boolean recovered) {
        Optional<RechargeWithAttempt> known =
                transactions.read(charge.account(), step -> step.tx().rechargeOf(charge.attempt()));
        return known.isPresent() ? ofKnown(known.get().attempt(), charge) : ofUnknown(charge, recovered);
    }

    private Finding ofKnown(Attempt attempt, Charge charge) {
        boolean open = attempt.state() == AttemptState.OPEN;
        if (isPaidBy(attempt, charge) || (!open && !charge.captured())) {
            return Finding.KNOWN;
        }
        LookUp answer = provider.lookUp(attempt);
        if (!(answer instanceof LookUp.Found found)) {
            return Finding.concern(charge, Reason.NOT_ANSWERED, answer.toString());
        }
        if (found.outcome().isFinal()) {
            settlement.settle(charge.account(), attempt.id(), found.outcome());
            return ended(charge);
        }
        return open && !charge.captured()
                ? Finding.OPEN
                : Finding.concern(
                        charge, Reason.CAPTURE_DIFFERS, found.outcome().toString());
    }

    private static boolean isPaidBy(Attempt attempt, Charge charge) {
        return attempt.state() == AttemptState.PAID
                && charge.providerReference().equals(attempt.providerReference());
    }

    private Finding ended(Charge charge) {
        return transactions.read(charge.account(), step -> ended(step, charge));
    }

    private static Finding ended(Step step, Charge charge) {
        RechargeWithAttempt it = step.tx().rechargeOf(charge.attempt()).orElseThrow();
        if (isPaidBy(it.attempt(), charge)) {
            String refusal = PurchaseBooking.refusal(step, charge.providerReference());
            return refusal == null ? Finding.GRANTED : Finding.concern(charge, Reason.DOES_NOT_FIT, refusal);
        }
        return charge.captured()
                ? Finding.concern(
                        charge,
                        Reason.CAPTURE_DIFFERS,
                        "the attempt is " + it.attempt().state() + ", asked for "
                                + it.attempt().amount() + ", reference "
                                + it.attempt().providerReference())
                : Finding.UNPAID;
    }

    private Finding ofUnknown(Charge charge, boolean recovered) {
        if (charge.customerId() == null) {
            return Finding.concern(charge, Reason.UNREADABLE, "no customer");
        }
        LookUp answer = provider.lookUp(LostAttempts.attempt(charge));
        if (!(answer instanceof LookUp.Found found)) {
            return Finding.concern(charge, Reason.NOT_ANSWERED, answer.toString());
        }
        Outcome outcome = found.outcome();
        if (outcome instanceof Outcome.Declined declined) {
            if (!recovered) {
                return Finding.UNPAID;
            }
            outcome = new Outcome.ActionRequired(declined.providerReference(), declined.code());
        }
        if (charge.terms() == null || charge.paymentMethodId() == null) {
            return Finding.concern(charge, Reason.TERMS_UNKNOWN, outcome.toString());
        }
        endEarlier(charge);
        return adopt(charge, charge.terms(), outcome);
    }

    /**
     * A recharge that is still open here was opened before this charge was created, so it had ended by then; the provider knows its
     * outcome.
     */
    private void endEarlier(Charge charge) {
        Optional<RechargeWithAttempt> earlier = transactions.read(charge.account(), step -> earlier(step, charge));
        if (earlier.isEmpty()) {
            return;
        }
        Attempt attempt = earlier.get().attempt();
        LookUp answer = provider.lookUp(attempt);
        if (answer instanceof LookUp.Found found && found.outcome().isFinal()) {
            settlement.settle(attempt.account(), attempt.id(), found.outcome());
        } else if (answer instanceof LookUp.Absent) {
            transactions.run(charge.account(), step -> {
                earlier(step, charge)
                        .filter(it -> it.attempt().id().equals(attempt.id()))
                        .filter(it -> !goesOn(step, it, charge))
                        .ifPresent(it -> settlement.abandon(step, it, "a later one was charged"));
                return attempt;
            });
        }
    }

    /** An attempt that left no charge has failed, for example because its card was removed; the recharge went on with this charge. */
    private boolean goesOn(Step step, RechargeWithAttempt it, Charge charge) {
        if (!it.recharge().id().equals(charge.recharge())) {
            return false;
        }
        Attempt failed = it.attempt().in(AttemptState.NOT_CHARGED, step.now(), null, "not charged");
        step.tx().save(failed);
        return further.tryNext(step, it.recharge(), failed, "not charged");
    }

    private static Optional<RechargeWithAttempt> earlier(Step step, Charge charge) {
        return step.tx()
                .openRecharge()
                .filter(it -> it.attempt().lastSentAt().isBefore(charge.at()))
                .filter(it -> !it.attempt().id().equals(charge.attempt()));
    }

    private Finding adopt(Charge charge, ChargeTerms terms, Outcome outcome) {
        Finding written = transactions.settle(charge.account(), step -> {
            String owner = step.account().customerId();
            if (owner != null && !owner.equals(charge.customerId())) {
                return Finding.concern(
                        charge,
                        Reason.OTHER_CUSTOMER,
                        "customer=" + charge.customerId() + ", the account's is " + owner + "; " + outcome);
            }
            List<Attempt> siblings = step.tx().attempts(charge.recharge());
            if (!siblings.isEmpty() && step.tx().rechargeOf(charge.attempt()).isEmpty()) {
                return joined(step, charge, siblings.get(siblings.size() - 1), outcome);
            }
            boolean blocked = step.tx().rechargeOf(charge.attempt()).isEmpty()
                    && step.tx().openRecharge().isPresent();
            if (blocked && !(outcome instanceof Outcome.Paid)) {
                return Finding.concern(charge, Reason.RECHARGE_OPEN, outcome.toString());
            }
            if (blocked && !((Outcome.Paid) outcome).amount().equals(charge.amount())) {
                return Finding.concern(charge, Reason.CAPTURE_DIFFERS, outcome.toString());
            }
            write(step, charge, terms, outcome);
            return outcome.isFinal() ? Finding.UNPAID : Finding.OPEN;
        });
        return written.equals(Finding.UNPAID) ? ended(charge) : written;
    }

    /** Another attempt of a recharge that is known, and does not go on with this one: a capture is granted, without a second bonus. */
    private Finding joined(Step step, Charge charge, Attempt latest, Outcome outcome) {
        Recharge recharge = step.tx().rechargeOf(latest.id()).orElseThrow().recharge();
        boolean earlier = charge.number() < latest.number();
        if (!outcome.isFinal() || (latest.state() == AttemptState.OPEN && !earlier)) {
            return Finding.concern(charge, Reason.RECHARGE_OPEN, outcome.toString());
        }
        if (!(outcome instanceof Outcome.Paid paid)) {
            return Finding.UNPAID;
        }
        boolean taken = step.tx().attempts(recharge.id()).stream().anyMatch(it -> it.number() == charge.number());
        boolean fits = charge.amount().equals(recharge.price())
                && paid.amount().equals(charge.amount())
                && charge.number() <= recharge.maxAttempts();
        if (taken || !fits) {
            return Finding.concern(
                    charge,
                    Reason.CAPTURE_DIFFERS,
                    "attempt " + charge.number() + " of recharge " + recharge.id() + " for " + recharge.price()
                            + " is another one here: " + outcome);
        }
        Attempt attempt = LostAttempts.attempt(charge);
        if (earlier) {
            // The later attempt was opened because this one had failed.
            attempt = attempt.in(AttemptState.DECLINED, step.now(), charge.providerReference(), "declined");
            AttemptSettlement.countCard(step, attempt);
        } else {
            settlement.count(step, new RechargeWithAttempt(recharge, attempt));
        }
        step.tx().open(attempt);
        settlement.apply(step, new RechargeWithAttempt(recharge, attempt), outcome);
        log(charge, outcome);
        return Finding.UNPAID;
    }

    private void write(Step step, Charge charge, ChargeTerms terms, Outcome outcome) {
        RechargeWithAttempt it = step.tx().rechargeOf(charge.attempt()).orElseGet(() -> lost(step, charge, terms));
        settlement.apply(step, it, outcome);
        log(charge, outcome);
    }

    private static void log(Charge charge, Outcome outcome) {
        ChargeTerms terms = charge.terms();
        log.warn(
                "account={} recharge={} attempt={} charge={} was not known here and is restored: {} for {} credits and {} bonus, {}",
                charge.account(),
                charge.recharge(),
                charge.attempt(),
                charge.providerReference(),
                charge.amount(),
                terms == null ? null : terms.credits(),
                terms == null ? null : terms.bonus(),
                outcome);
    }

    /**
     * As it was when it was sent. Beside an open recharge it is recorded as paid immediately, because only one may be open.
     */
    private RechargeWithAttempt lost(Step step, Charge charge, ChargeTerms terms) {
        Attempt attempt = LostAttempts.attempt(charge);
        Recharge recharge = new Recharge(
                charge.account(),
                charge.recharge(),
                Trigger.BOOKS,
                RechargeState.OPEN,
                terms.packageCredits(),
                terms.credits(),
                terms.bonus(),
                charge.amount(),
                step.account().balance(),
                charge.at(),
                null,
                further.attemptsOf(charge));
        if (!step.tx().open(recharge, attempt)) {
            step.tx()
                    .open(
                            recharge.in(RechargeState.PAID, step.now()),
                            attempt.in(AttemptState.PAID, step.now(), charge.providerReference(), "paid"));
        }
        AccountState state = step.account().state();
        if (state.lastOpenedAt() == null || state.lastOpenedAt().isBefore(charge.at())) {
            step.tx().save(state.openedAt(charge.at()));
        }
        if (step.canChangeAccount() && step.account().customerId() == null && charge.customerId() != null) {
            step.tx().saveCustomer(charge.customerId());
        }
        RechargeWithAttempt lost = new RechargeWithAttempt(recharge, attempt);
        settlement.count(step, lost);
        return lost;
    }
}
