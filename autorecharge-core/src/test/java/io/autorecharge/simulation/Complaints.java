package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.PaymentReversals;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** The host's support gives money back, and customers' banks demand it. Some refunds fail, some disputes are won, and little of it is told in time. */
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

    /** Something is wrong with a payment of this account, more often than not with one of the last. */
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
        // Some customers go to their bank although they were refunded.
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
                    tell(payment);
                });
            }
            tell(payment);
        }
    }

    private void dispute(MoneyBack.Payment payment) {
        String id = world.moneyBack.dispute(payment);
        tell(payment);
        if (random.nextInt(4) > 0) {
            agenda.in(within(Duration.ofDays(2)), () -> {
                world.moneyBack.withdrawn(payment, id);
                tell(payment);
                if (random.nextBoolean()) {
                    agenda.in(within(Duration.ofDays(3)), () -> {
                        world.moneyBack.returned(payment, id);
                        tell(payment);
                    });
                }
            });
        }
    }

    /** The report is as old as its webhook: a later one overtakes it. */
    private void tell(MoneyBack.Payment payment) {
        PaymentReversals report = payment.report();
        courier.send(library -> world.report(library, report, payment.account));
    }

    /** Of half of all payments there is one report more, and that arrives. */
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
