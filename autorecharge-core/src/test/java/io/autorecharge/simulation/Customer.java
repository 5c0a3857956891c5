package io.autorecharge.simulation;

import static io.autorecharge.simulation.Stage.ALICE;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.testkit.Reports;
import java.util.ArrayList;
import java.util.List;

/** What the customer of a story, her bank and the host's support do at the provider: pay, authenticate, refund, dispute. */
final class Customer {
    private final World world;
    private final List<PaymentReversals> snapshots = new ArrayList<>();
    private String lastReversal = "";

    Customer(World world) {
        this.world = world;
    }

    /** Pays every open checkout. */
    void paysOpenCheckouts(PaymentMethod card) {
        world.checkouts.offered().forEach(session -> world.checkouts.pay(session, card));
    }

    /** Authenticates every charge that requires it and was not cancelled. */
    void authenticates() {
        world.requests().forEach(world::authenticate);
    }

    /** Refunds a part of the last payment, if there is one. */
    void refunded(long minorUnits) {
        last().forEach(it -> lastReversal = world.moneyBack.refund(it, minorUnits));
        snapshot();
    }

    /** The bank opens a dispute of the last payment. */
    void disputed() {
        last().forEach(it -> lastReversal = world.moneyBack.dispute(it));
        snapshot();
    }

    void withdrawn() {
        last().forEach(it -> world.moneyBack.withdrawn(it, lastReversal));
        snapshot();
    }

    /** The last refund failed, or the last dispute was won. */
    void returned() {
        last().forEach(it -> world.moneyBack.returned(it, lastReversal));
        snapshot();
    }

    private List<MoneyBack.Payment> last() {
        List<MoneyBack.Payment> all = world.payments(ALICE);
        return all.isEmpty() ? List.of() : List.of(all.get(all.size() - 1));
    }

    private void snapshot() {
        last().stream().map(MoneyBack.Payment::report).forEach(snapshots::add);
    }

    /** The provider reports all refunds and disputes so far. */
    boolean reportsNow(AutoRecharge library) {
        for (MoneyBack.Payment payment : world.moneyBack.all()) {
            if (!payment.now().isEmpty()) {
                world.report(library, payment.report(), ALICE);
            }
        }
        return true;
    }

    /** Repeats all reports, newest first. */
    boolean reportsBackwards(AutoRecharge library) {
        for (int i = snapshots.size() - 1; i >= 0; i--) {
            if (!snapshots.get(i).reversals().isEmpty()) {
                world.report(library, snapshots.get(i), ALICE);
            }
        }
        return true;
    }

    /** Reports paid charges as failed: a provider that contradicts itself. */
    boolean reportsFailures(AutoRecharge library) {
        for (ChargeRequest request : world.requests()) {
            if (world.provider.known(request.attempt()).orElse(null) instanceof Outcome.Paid paid) {
                library.settle(Reports.charge(
                        request,
                        new Outcome.Declined(paid.providerReference(), "canceled", Outcome.Declined.Kind.SOFT)));
            }
        }
        return true;
    }
}
