package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.FakeGateway;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One account's money at the provider against its credits here: every capture granted once, and no grant without a capture; a recharge that
 * its customer paid in a checkout has no other payment.
 */
final class PaymentAudit {
    private final AccountId account;
    private final Map<String, LedgerEntry> byReference = new HashMap<>();
    private final Map<AttemptId, RechargeWithAttempt> byAttempt;
    private final BiConsumer<AccountId, String> violations;
    private final Set<String> explained = new HashSet<>();
    private final Map<RechargeId, List<RechargePayment>> payments = new HashMap<>();

    /** A payment of a recharge, in the order of the ledger, and whether the recharge was wanted when it was settled. */
    private record RechargePayment(String purchase, long sequence, boolean wanted) {}

    PaymentAudit(
            AccountId account,
            List<LedgerEntry> ledger,
            List<RechargeWithAttempt> attempts,
            BiConsumer<AccountId, String> violations) {
        this.account = account;
        this.violations = violations;
        ledger.forEach(it -> byReference.put(it.reference(), it));
        byAttempt =
                attempts.stream().collect(Collectors.toMap(it -> it.attempt().id(), Function.identity()));
    }

    /**
     * @param recovers the attempt whose recharge a checkout was to pay, null for a purchase of its own
     * @param withdrawn recovery checkouts that were settled after the user had withdrawn their recharge
     * @param byHand attempts that were paid at the provider after they had failed: their recharge may be paid otherwise too
     */
    void check(
            List<FakeGateway.Capture> captures,
            List<SimulatedCheckouts.Session> checkouts,
            Function<CheckoutId, @Nullable AttemptId> recovers,
            Set<CheckoutId> withdrawn,
            Set<AttemptId> byHand) {
        Set<AttemptId> charged = new HashSet<>();
        for (FakeGateway.Capture capture : captures) {
            if (!charged.add(capture.attempt())) {
                violated("attempt " + capture.attempt() + " was captured twice, again as " + capture.reference());
            }
            RechargeWithAttempt known = byAttempt.get(capture.attempt());
            if (known == null) {
                violated("capture without a recharge: " + capture);
            } else {
                recharged(known, capture.reference(), true);
                if (!capture.amount().equals(known.recharge().price())) {
                    violated("captured " + capture.amount() + " for " + known.recharge());
                }
            }
        }
        Set<AttemptId> recovered = new HashSet<>();
        int enablingBonuses = 0;
        for (SimulatedCheckouts.Session checkout : checkouts) {
            AttemptId attempt = recovers.apply(checkout.request.checkout());
            RechargeWithAttempt known = byAttempt.get(attempt);
            String reference = checkout.payment().providerReference();
            if (known == null) {
                purchase(reference, Credits.of(checkout.request.credits()));
                enablingBonuses += explainedBonus(Reference.purchase(reference));
            } else {
                recharged(known, reference, !withdrawn.contains(checkout.request.checkout()));
                boolean both = charged.contains(attempt) && !byHand.contains(attempt);
                if (!recovered.add(attempt) || both) {
                    violated("paid more than once, last on " + checkout.session + ": " + known);
                }
            }
        }
        if (enablingBonuses > 1) {
            violated("the bonus for switching on was given " + enablingBonuses + " times");
        }
        Map<RechargeId, Recharge> all = new HashMap<>();
        byAttempt.values().forEach(it -> all.put(it.recharge().id(), it.recharge()));
        payments.forEach((recharge, paid) -> bonus(all.get(recharge), paid));
        Set<RechargeId> taken = new HashSet<>();
        charged.stream().filter(it -> !byHand.contains(it)).map(byAttempt::get).forEach(it -> {
            if (it != null && !taken.add(it.recharge().id())) {
                violated("two methods were charged for one recharge: " + it);
            }
        });
        all.values().stream()
                .filter(it -> it.state() == RechargeState.PAID && !payments.containsKey(it.id()))
                .forEach(it -> violated("recharge is paid and nothing was captured: " + it));
    }

    /** Those without an explanation: they were not paid for, and no payment of theirs was refunded. */
    void checkNothingElse(Set<String> reversals) {
        byReference.values().stream()
                .filter(it -> it.reference().startsWith(Reference.OWN)
                        && !explained.contains(it.reference())
                        && !reversals.contains(it.reference()))
                .forEach(it -> violated("credits without a payment or a refund: " + it));
    }

    private void recharged(RechargeWithAttempt known, String charge, boolean wanted) {
        if (known.recharge().state() != RechargeState.PAID) {
            violated("captured as " + charge + " and not paid here: " + known);
        }
        purchase(charge, known.recharge().credits());
        String purchase = Reference.purchase(charge);
        LedgerEntry entry = byReference.get(purchase);
        payments.computeIfAbsent(known.recharge().id(), id -> new ArrayList<>())
                .add(new RechargePayment(purchase, entry == null ? Long.MAX_VALUE : entry.sequence(), wanted));
    }

    /** The first payment of a recharge brings its bonus, unless the user had withdrawn the recharge; no other payment does. */
    private void bonus(Recharge known, List<RechargePayment> paid) {
        Credits bonus = known.bonus();
        RechargePayment first = Collections.min(paid, Comparator.comparingLong(RechargePayment::sequence));
        for (RechargePayment it : paid) {
            int given = explainedBonus(it.purchase());
            boolean due = it == first && it.wanted() && bonus.isPositive();
            if (given != (due ? 1 : 0)) {
                violated("the bonus of " + it + " was given " + given + " times: " + known);
            } else if (due) {
                entry(Reference.bonus(it.purchase()), EntryType.BONUS, bonus);
            }
        }
    }

    private int explainedBonus(String purchase) {
        explained.add(Reference.bonus(purchase));
        return byReference.containsKey(Reference.bonus(purchase)) ? 1 : 0;
    }

    private void purchase(String charge, Credits credits) {
        String reference = Reference.purchase(charge);
        explained.add(reference);
        entry(reference, EntryType.PURCHASE, credits);
    }

    private void entry(String reference, EntryType type, Credits amount) {
        LedgerEntry entry = byReference.get(reference);
        if (entry == null || entry.type() != type || !entry.amount().equals(amount)) {
            violated("expected " + type + " of " + amount + " as " + reference + ", found " + entry);
        }
    }

    private void violated(String what) {
        violations.accept(account, what);
    }
}
