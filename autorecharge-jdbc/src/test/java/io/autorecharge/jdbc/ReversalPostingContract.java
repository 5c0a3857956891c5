package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.Race;
import io.autorecharge.testkit.Reports;
import io.autorecharge.testkit.SettableClock;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Refunds and disputes of a recharge of 100 credits and 20 for 9 dollars, reported by many nodes at once. */
abstract class ReversalPostingContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final Money PRICE = Money.of("9.00", "USD");
    private static final Money NONE = Money.of("0.00", "USD");
    private static final int NODES = 8;

    private final List<AutoRecharge> nodes = new ArrayList<>();
    private String charge;

    abstract DataSource database();

    @BeforeEach
    void a_recharge() {
        SettableClock clock = new SettableClock();
        FakeGateway gateway = new FakeGateway(clock);
        JdbcStore store = JdbcStore.of(database());
        RechargePolicy policy = RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, PRICE)));
        for (int i = 0; i < NODES; i++) {
            nodes.add(AutoRecharge.builder(policy, store, gateway)
                    .callsPerSecond(100_000)
                    .clock(clock)
                    .afterCommit(task -> {})
                    .build());
        }
        AutoRecharge node = nodes.get(0);
        node.savePaymentMethod(ANN, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
        node.configure(ANN, new Settings(true, 100, Credits.of(10)), "v1");
        node.check(ANN);
        charge = gateway.captures(ANN).get(0).reference();
        assertThat(node.balance(ANN)).isEqualTo(Credits.of(120));
    }

    @AfterEach
    void close() {
        nodes.forEach(AutoRecharge::close);
    }

    @Test
    void what_many_nodes_report_at_once_is_taken_back_once_and_given_again_once() {
        atOnce(refund("re_1", 450, 0));
        assertThat(balance()).isEqualTo(Credits.of(60));
        atOnce(refund("re_1", 450, 0), refund("re_2", 450, 0));
        assertThat(balance()).isEqualTo(Credits.of(0));
        atOnce(refund("re_1", 450, 450), refund("re_2", 450, 450));
        assertThat(balance()).isEqualTo(Credits.of(120));
    }

    @Test
    void different_simultaneous_reports_end_in_the_refunded_share() {
        try (Race race = new Race()) {
            race.run(
                    NODES,
                    number -> nodes.get(number)
                            .settle(Reports.reversal(
                                    nodes.get(number),
                                    ANN,
                                    report(
                                            number % 2 == 0
                                                    ? refund("re_" + number, 100, 0)
                                                    : refund("re_" + number, 100, 100)))));
        }

        assertThat(balance()).isEqualTo(Credits.of("66.666668"));
        List<LedgerEntry> entries = nodes.get(0).entries(ANN, 100);
        assertThat(entries.stream().map(LedgerEntry::amount).reduce(Credits.ZERO, Credits::plus))
                .isEqualTo(balance());
    }

    private void atOnce(Reversal... reversals) {
        try (Race race = new Race()) {
            race.run(
                    NODES,
                    number -> nodes.get(number).settle(Reports.reversal(nodes.get(number), ANN, report(reversals))));
        }
    }

    private PaymentReversals report(Reversal... reversals) {
        return new PaymentReversals(charge, "cus_1", PRICE, List.of(reversals));
    }

    private static Reversal refund(String id, long taken, long returned) {
        return new Reversal(
                id, Reversal.Kind.REFUND, new Money(taken, NONE.currency()), new Money(returned, NONE.currency()));
    }

    private Credits balance() {
        return nodes.get(0).balance(ANN);
    }
}
