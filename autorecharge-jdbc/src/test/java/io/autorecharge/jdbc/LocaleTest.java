package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.FakeGateway;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Migration, the main flow and the verification on machines whose locale has other digits, or other upper and lower case. */
@ResourceLock(Resources.LOCALE)
class LocaleTest {
    private static final AccountId INES = AccountId.of("INES-ıİ");

    private final Locale before = Locale.getDefault();

    @AfterEach
    void restore() {
        Locale.setDefault(before);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "tr-TR", "fa-IR", "hi-IN-u-nu-deva"})
    void migrates_recharges_and_verifies(String locale) {
        Locale.setDefault(Locale.forLanguageTag(locale));
        DataSource database = H2StoreTest.emptyDatabase();
        Migrator migrator = Migrator.of(database);
        migrator.migrate();
        JdbcStore store = JdbcStore.of(database);
        FakeGateway gateway = new FakeGateway(Clock.systemUTC());
        RechargePolicy policy =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
        try (AutoRecharge library = AutoRecharge.builder(policy, store, gateway)
                .callsPerSecond(100_000)
                .afterCommit(task -> {})
                .build()) {
            library.grant(new Grant(INES, Credits.of("10.25"), Category.PAID, "start", "Start"));
            library.savePaymentMethod(INES, new PaymentMethod("cus_1", "pm_1", "visa", "4242", "fp_1"));
            library.configure(INES, new Settings(true, 100, Credits.of("9.5")), "v1");
            library.debit(Debit.of(INES, Credits.of("1.000001"), "job-1", null));

            library.runOnce();

            assertThat(gateway.captures()).hasSize(1);
            assertThat(library.balance(INES)).isEqualTo(Credits.of("129.249999"));
            assertThat(library.entries(INES, 10))
                    .extracting(LedgerEntry::description)
                    .contains("Auto-recharge: 100 credits");
            assertThat(library.pause("test", "operator").complete()).isTrue();
            assertThat(library.resume("operator")).isTrue();
        }
        migrator.migrate();
        assertThat(Verification.of(database).verify(Instant.now()).violations()).isEmpty();
    }
}
