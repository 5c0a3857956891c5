package io.autorecharge.internal.externalledger;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.policy.Threshold;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.testkit.HostLedger;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ledger in another service knows no thresholds: what a debit crosses is compared with the one definition of it. */
class ExternalLedgerCrossingTest {
    private static final AccountId ANN = AccountId.of("ann");
    private static final Instant NOW = SettableClock.START;
    private static final List<String> BALANCES = List.of("9", "9.999999", "10", "10.000001", "11");

    @ParameterizedTest(name = "inclusive: {0}")
    @ValueSource(booleans = {false, true})
    void a_debit_crosses_and_makes_the_account_due_exactly_where_the_threshold_is_crossed(boolean inclusive) {
        Threshold threshold = new Threshold(Credits.of(10), inclusive);
        for (String from : BALANCES) {
            for (String to : BALANCES) {
                Credits before = Credits.of(from);
                Credits after = Credits.of(to);
                if (after.isLessThan(before)) {
                    assertThat(crosses(before, after, inclusive))
                            .as("from %s to %s", from, to)
                            .isEqualTo(threshold.isCrossed(before, after));
                }
            }
        }
    }

    private static boolean crosses(Credits before, Credits after, boolean inclusive) {
        InMemoryStore store = new InMemoryStore();
        ExternalLedger ledger = new ExternalLedger(new HostLedger(() -> {}), store, AfterCommit.IMMEDIATELY);
        ledger.grant(new Grant(ANN, before, Category.PAID, "start", "Start"), NOW);
        store.inTransaction(ANN, tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.save(AccountState.INITIAL);
            return tx;
        });

        boolean crossed = ledger.debit(Debit.of(ANN, before.minus(after), "use-1", null), inclusive, NOW)
                .crossed();

        assertThat(store.countDue(NOW, 10)).isEqualTo(crossed ? 1 : 0);
        return crossed;
    }
}
