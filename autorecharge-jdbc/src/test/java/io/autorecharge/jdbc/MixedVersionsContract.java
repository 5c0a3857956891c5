package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.OwedEntries.Bought;
import io.autorecharge.testkit.FakeGateway;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A rolling upgrade: a node of the version before runs beside a node of this one on upgraded tables. It knows no stop, no limit over all
 * accounts and no installation, so the tables refuse its claims. Everything else that it does still works.
 */
abstract class MixedVersionsContract {
    private static final AccountId ANN = AccountId.of("ann");

    private final FakeGateway gateway = new FakeGateway(Clock.systemUTC());
    private AutoRecharge library;
    private ReleasedVersion released;

    abstract DataSource database();

    /** The database as the version before is connected to it. */
    DataSource ofReleased() {
        return database();
    }

    @BeforeEach
    void start() throws Exception {
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        library = AutoRecharge.builder(policy, JdbcStore.of(database()), gateway)
                .chargeImmediately(false)
                .build();
        released = new ReleasedVersion(ofReleased());
    }

    @AfterEach
    void stop() throws Exception {
        library.close();
        released.close();
    }

    @Test
    void a_claim_of_the_version_before_is_refused_and_this_version_charges_the_account() {
        low();

        assertThatThrownBy(() -> released.check("ann")).hasMessageContaining("ann");

        assertThat(released.charges).isZero();
        assertThat(library.recharges(ANN, 10)).isEmpty();
        assertThat(library.check(ANN)).isInstanceOf(CheckResult.Charged.class);
        assertThat(gateway.captures()).hasSize(1);
        assertThat(library.balance(ANN)).isEqualTo(Credits.of(121));
    }

    @Test
    void the_version_before_debits_and_this_version_charges() throws Exception {
        low();
        library.grant(new Grant(ANN, Credits.of(20), Category.PAID, "gift", "Gift"));
        assertThat(library.check(ANN)).isInstanceOf(CheckResult.Held.class);

        released.debit("ann", 15, "job-1");

        assertThat(library.balance(ANN)).isEqualTo(Credits.of(6));
        library.runOnce();
        assertThat(gateway.captures()).hasSize(1);
        assertThat(library.balance(ANN)).isEqualTo(Credits.of(126));
        assertSound();
    }

    @Test
    void the_version_before_looks_up_and_settles_what_this_version_claimed() throws Exception {
        low();
        gateway.timeOutAfterCaptureNext();
        library.check(ANN);
        due();
        released.listed = true;

        assertThat(released.check("ann")).contains("Paid");

        assertThat(released.charges).isZero();
        assertThat(library.balance(ANN)).isEqualTo(Credits.of(121));
        assertThat(library.check(ANN)).isInstanceOf(CheckResult.Held.class);
        assertThat(gateway.captures()).hasSize(1);
        assertSound();
    }

    @Test
    void a_run_of_the_version_before_goes_on_with_other_accounts_and_charges_nobody() throws Exception {
        low();
        library.check(ANN);
        low(AccountId.of("ben"));

        released.runOnce();

        assertThat(released.charges).isZero();
        assertThat(library.recharges(AccountId.of("ben"), 10)).isEmpty();
        assertSound();
    }

    @Test
    void entries_that_are_owed_are_written_although_the_version_before_forgets_the_next_check() throws Exception {
        Instant before = Instant.now().minus(Duration.ofHours(2));
        low();
        library.grant(new Grant(ANN, Credits.of(20), Category.PAID, "gift", "Gift"));
        JdbcStore store = JdbcStore.of(database());
        store.inTransaction(ANN, tx -> {
            Bought bought = new Bought(Bought.Kind.CHECKOUT, Credits.of(100), Credits.ZERO);
            tx.save(OwedEntries.ofPurchase("pi_9", Money.of("9.00", "USD"), bought, before, before, "no"));
            return tx;
        });
        released.check("ann");
        assertThat(store.find(ANN).orElseThrow().state().dueAt())
                .as("the version before knows nothing of it")
                .isNull();

        library.runOnce();

        assertThat(store.owed(ANN)).isEmpty();
        assertThat(library.balance(ANN)).isEqualTo(Credits.of(121));
    }

    /** What either version has written is no violation for the other. */
    private void assertSound() {
        assertThat(Verification.of(database()).verify(Instant.now()).violations())
                .isEmpty();
    }

    private void low() {
        low(ANN);
    }

    private void low(AccountId account) {
        library.grant(new Grant(account, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(
                account, new PaymentMethod("cus_" + account, "pm_" + account, "visa", "4242", "fp_" + account));
        library.configure(account, new Settings(true, 100, Credits.of(10)), "v1");
    }

    /** The open attempt has to be looked up now. */
    private void due() {
        JdbcStore.of(database()).inTransaction(ANN, tx -> {
            var open = tx.openRecharge().orElseThrow().attempt();
            tx.save(open.lookingUp(open.lastSentAt().minus(Duration.ofSeconds(1))));
            return tx;
        });
    }
}
