package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.PaymentReversals;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The host's support refunds payments, and customers' banks dispute them. Some refunds fail, some disputes are won, and few reports are in time. */
final class Complaints {
    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Courier courier;

    Complaints(World world, Agenda agenda, SplittableRandom random, Courier courier) {
        this.world = world;
        this.agenda = agenda;
        this.random = random;
        this.courier = courier;
    }

    /** Refunds or disputes a payment of this account, usually a recent one. */
    void about(AccountId account) {
        List<MoneyBack.Payment> all = world.payments(account);
        if (all.isEmpty()) {
            return;
        }
        MoneyBack.Payment payment =
                random.nextBoolean() ? all.get(all.size() - 1) : all.get(random.nextInt(all.size()));
        int what = random.nextInt(4);
        if (what > 0) {
            refund(payment);
        }
        // Some customers dispute a payment that was refunded.
        if (what < 2) {
            dispute(payment);
        }
    }

    private void refund(MoneyBack.Payment payment) {
        long all = payment.captured.minorUnits();
        for (int parts = random.nextInt(1, 4); parts > 0; parts--) {
            String id = world.moneyBack.refund(payment, random.nextBoolean() ? all : random.nextLong(1, all + 1));
            if (random.nextInt(4) == 0) {
                agenda.in(within(Duration.ofDays(5)), () -> {
                    world.moneyBack.returned(payment, id);
                    report(payment);
                });
            }
            report(payment);
        }
    }

    private void dispute(MoneyBack.Payment payment) {
        String id = world.moneyBack.dispute(payment);
        report(payment);
        if (random.nextInt(4) > 0) {
            agenda.in(within(Duration.ofDays(2)), () -> {
                world.moneyBack.withdrawn(payment, id);
                report(payment);
                if (random.nextBoolean()) {
                    agenda.in(within(Duration.ofDays(3)), () -> {
                        world.moneyBack.returned(payment, id);
                        report(payment);
                    });
                }
            });
        }
    }

    /** The report is a snapshot: a later one can overtake it. */
    private void report(MoneyBack.Payment payment) {
        PaymentReversals report = payment.report();
        courier.send(library -> world.report(library, report, payment.account));
    }

    /** Half of all payments get one more report, which arrives. */
    void lastReports() {
        for (MoneyBack.Payment payment : world.moneyBack.all()) {
            if (!payment.now().isEmpty() && random.nextBoolean()) {
                agenda.in(
                        within(Duration.ofDays(5)),
                        () -> courier.sendSurely(library -> world.report(library, payment.report(), payment.account)));
            }
        }
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
