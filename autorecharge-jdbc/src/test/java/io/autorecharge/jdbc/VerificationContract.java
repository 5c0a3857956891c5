package io.autorecharge.jdbc;

import static io.autorecharge.jdbc.Invariant.ACCOUNTS_ARE_THERE;
import static io.autorecharge.jdbc.Invariant.BACK_OFFS_HAVE_CAUSES;
import static io.autorecharge.jdbc.Invariant.BONUSES_ARE_GRANTED_ONCE;
import static io.autorecharge.jdbc.Invariant.CARDS_ARE_COUNTED;
import static io.autorecharge.jdbc.Invariant.CHARGES_ARE_ANNOUNCED;
import static io.autorecharge.jdbc.Invariant.CHECKOUTS_FIT;
import static io.autorecharge.jdbc.Invariant.ENDS_ARE_REPORTED;
import static io.autorecharge.jdbc.Invariant.ENDS_HAVE_TIMES;
import static io.autorecharge.jdbc.Invariant.ENTRIES_ARE_LINKED;
import static io.autorecharge.jdbc.Invariant.ENTRIES_ARE_WELL_FORMED;
import static io.autorecharge.jdbc.Invariant.INSTALLATION_IS_THERE;
import static io.autorecharge.jdbc.Invariant.LEDGER_ADDS_UP;
import static io.autorecharge.jdbc.Invariant.LEDGER_HAS_NO_GAPS;
import static io.autorecharge.jdbc.Invariant.LEDGER_IS_A_CHAIN;
import static io.autorecharge.jdbc.Invariant.METHODS_FIT;
import static io.autorecharge.jdbc.Invariant.ONE_RECHARGE_IS_OPEN;
import static io.autorecharge.jdbc.Invariant.OPEN_ENDS;
import static io.autorecharge.jdbc.Invariant.OPEN_IS_LOOKED_AT;
import static io.autorecharge.jdbc.Invariant.PAYMENTS_ARE_GRANTED_ONCE;
import static io.autorecharge.jdbc.Invariant.PAYMENTS_HAVE_ONE_ACCOUNT;
import static io.autorecharge.jdbc.Invariant.PROGRESS_FITS;
import static io.autorecharge.jdbc.Invariant.PURCHASES_ARE_PAID;
import static io.autorecharge.jdbc.Invariant.RECHARGES_AGREE_WITH_ATTEMPTS;
import static io.autorecharge.jdbc.Invariant.REVERSALS_ARE_IN_PROPORTION;
import static io.autorecharge.jdbc.Invariant.REVERSALS_ARE_KEPT;
import static io.autorecharge.jdbc.Invariant.STATES_ARE_THERE;
import static io.autorecharge.jdbc.Invariant.SUSPENSIONS_ARE_REPORTED;
import static io.autorecharge.jdbc.Invariant.SUSPENSIONS_HAVE_CAUSES;
import static io.autorecharge.jdbc.Invariant.TERMS_AGREE;
import static io.autorecharge.jdbc.Invariant.TERMS_ARE_KEPT;
import static io.autorecharge.jdbc.Invariant.TIMES_ARE_NEAR;
import static io.autorecharge.jdbc.Invariant.TIMES_ARE_PAST;
import static io.autorecharge.jdbc.UsedAccounts.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import io.autorecharge.credit.AccountId;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.assertj.core.groups.Tuple;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Every invariant finds the account that violates it, and no other. Each test violates one by SQL that no guard of the library prevents.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class VerificationContract {
    private static final AccountId ANN = AccountId.of("ann");
    private static final AccountId BEN = AccountId.of("ben");
    private static final AccountId CLEO = AccountId.of("cleo");
    private static final AccountId DAN = AccountId.of("dan");
    private static final AccountId EVE = AccountId.of("eve");
    private static final Set<Invariant> ACROSS = Set.of(
            TERMS_AGREE,
            TERMS_ARE_KEPT,
            ENTRIES_ARE_WELL_FORMED,
            PROGRESS_FITS,
            CARDS_ARE_COUNTED,
            CHECKOUTS_FIT,
            ENDS_ARE_REPORTED,
            STATES_ARE_THERE,
            BACK_OFFS_HAVE_CAUSES,
            SUSPENSIONS_HAVE_CAUSES,
            METHODS_FIT,
            INSTALLATION_IS_THERE,
            REVERSALS_ARE_KEPT);
    private static final UsedAccounts USED = new UsedAccounts(ANN, BEN, CLEO, DAN, EVE);

    private HikariDataSource pool;
    private Connection broken;

    abstract DataSource newDatabase();

    @BeforeAll
    void use_accounts() {
        pool = DatabaseContract.pool(newDatabase(), true);
        Migrator.of(pool).migrate();
        USED.use(JdbcStore.of(pool));
    }

    @AfterAll
    void closePool() {
        if (pool != null) {
            pool.close();
        }
    }

    /** Each test breaks rows in a transaction that is rolled back, so that all of them share the rows of the used accounts. */
    @BeforeEach
    void begin() throws SQLException {
        broken = pool.getConnection();
        broken.setAutoCommit(false);
    }

    @AfterEach
    void rollBack() throws SQLException {
        broken.rollback();
        broken.setAutoCommit(true);
        broken.close();
    }

    private Verification verification() {
        Connection shared = (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (proxy, method, arguments) -> switch (method.getName()) {
                    case "close", "setAutoCommit" -> null;
                    default -> method.invoke(broken, arguments);
                });
        ConnectionPort connections = new ConnectionPort() {
            @Override
            public @Nullable Connection hostTransaction() {
                return null;
            }

            @Override
            public Connection open() {
                return shared;
            }
        };
        return Verification.create(connections, dialect(), AccountsTable.own());
    }

    /** Where a table that was changed cannot be rolled back, the test gets a database of its own. */
    private void runDdl(String sql, ThrowingRunnable test) throws SQLException {
        if (dialect().hasTransactionalDdl()) {
            run(sql);
            test.run();
            return;
        }
        HikariDataSource shared = pool;
        Connection sharedConnection = broken;
        try {
            use_accounts();
            begin();
            run(sql);
            test.run();
            rollBack();
        } finally {
            pool.close();
            pool = shared;
            broken = sharedConnection;
        }
    }

    @FunctionalInterface
    private interface ThrowingRunnable {
        void run() throws SQLException;
    }

    @Test
    void finds_nothing_in_what_the_library_wrote() throws SQLException {
        assertThat(Verification.of(pool).verify(NOW)).isEqualTo(new VerificationReport(List.of(), 0));
        assertThat(count("select count(*) from auto_recharge_attempts")).isEqualTo(4);
        assertThat(count("select count(*) from credit_transactions where type = 'REVERSAL'"))
                .isEqualTo(4);
        assertThat(count("select count(*) from credit_transactions where type = 'PURCHASE'"))
                .isEqualTo(3);
    }

    @Test
    void a_balance_that_was_changed() throws SQLException {
        run("update credit_accounts set credits = credits + 0.000001 where id = 'ann'");

        assertViolations(tuple(LEDGER_ADDS_UP, ANN));
    }

    @Test
    void an_entry_that_is_missing() throws SQLException {
        run("delete from credit_transactions where user_id = 'dan' and seq = 2");

        assertViolations(tuple(LEDGER_ADDS_UP, DAN), tuple(LEDGER_HAS_NO_GAPS, DAN));
    }

    @Test
    void a_sequence_that_was_not_kept() throws SQLException {
        run("update auto_recharge_state set ledger_seq = ledger_seq - 1 where account_id = 'dan'");

        assertViolations(tuple(LEDGER_HAS_NO_GAPS, DAN));
    }

    @Test
    void entries_whose_account_has_no_state() throws SQLException {
        run("delete from auto_recharge_state where account_id = 'dan'");

        assertViolations(tuple(LEDGER_HAS_NO_GAPS, DAN));
    }

    @Test
    void a_balance_in_the_ledger_that_does_not_follow() throws SQLException {
        run("update credit_transactions set balance_after = 31 where user_id = 'dan' and seq = 1");

        assertViolations(tuple(LEDGER_IS_A_CHAIN, DAN), tuple(LEDGER_IS_A_CHAIN, DAN));
    }

    @Test
    void a_payment_that_was_granted_twice_where_the_unique_reference_is_gone() throws SQLException {
        runDdl(dropReference(), () -> {
            copyEntry("cleo", "PURCHASE", "reference");

            assertViolations(tuple(PAYMENTS_ARE_GRANTED_ONCE, CLEO));
        });
    }

    @Test
    void a_payment_that_was_granted_here_and_to_a_ledger_elsewhere() throws SQLException {
        run(
                "insert into auto_recharge_grants (account_id, seq, type, category, amount, description, reference, created_at,"
                        + " tries, deliver_at, delivered_at) select user_id, 1, type, category, amount, description, reference,"
                        + " created_at, 0, created_at, created_at from credit_transactions"
                        + " where user_id = 'cleo' and type = 'PURCHASE'");

        assertViolations(tuple(PAYMENTS_ARE_GRANTED_ONCE, CLEO));
    }

    @Test
    void a_payment_that_bought_other_credits_than_were_granted() throws SQLException {
        run("update auto_recharge_recharges set credits = 99 where account_id = 'ann'");
        run("update auto_recharge_checkouts set credits = 101 where account_id = 'cleo'");

        assertViolations(
                tuple(PAYMENTS_ARE_GRANTED_ONCE, ANN),
                tuple(PAYMENTS_ARE_GRANTED_ONCE, CLEO),
                tuple(Invariant.CONSENTS_ARE_OBEYED, ANN));
    }

    @Test
    void a_page_that_was_paid_and_never_granted() throws SQLException {
        run("update auto_recharge_checkouts set provider_reference = 'pi_other' where account_id = 'cleo'");

        assertViolations(tuple(PAYMENTS_ARE_GRANTED_ONCE, CLEO), tuple(PURCHASES_ARE_PAID, CLEO));
    }

    @Test
    void an_outcome_that_was_written_over_without_looking_at_the_state() throws SQLException {
        run("update auto_recharge_attempts set state = 'PAID', provider_reference = 'pi_x' where account_id = 'dan'");

        assertViolations(
                tuple(PAYMENTS_ARE_GRANTED_ONCE, DAN),
                tuple(BONUSES_ARE_GRANTED_ONCE, DAN),
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, DAN));
    }

    @Test
    void a_bonus_of_another_size_than_promised() throws SQLException {
        run("update auto_recharge_recharges set bonus = 21 where account_id in ('ann', 'eve')");

        assertViolations(tuple(BONUSES_ARE_GRANTED_ONCE, ANN), tuple(BONUSES_ARE_GRANTED_ONCE, EVE));
    }

    @Test
    void a_bonus_that_was_granted_twice_where_the_unique_reference_is_gone() throws SQLException {
        runDdl(dropReference(), () -> {
            copyEntry("eve", "BONUS", "reference");

            assertViolations(tuple(BONUSES_ARE_GRANTED_ONCE, EVE));
        });
    }

    @Test
    void a_bonus_that_was_not_promised() throws SQLException {
        run("update auto_recharge_recharges set bonus = 0 where account_id = 'eve'");

        assertViolations(tuple(BONUSES_ARE_GRANTED_ONCE, EVE));
    }

    @Test
    void purchased_credits_without_a_payment() throws SQLException {
        copyEntry("cleo", "PURCHASE", "'autorecharge/pi_invented'");

        assertViolations(tuple(PURCHASES_ARE_PAID, CLEO));
    }

    @Test
    void a_bonus_without_its_purchase() throws SQLException {
        run("update credit_transactions set linked_to = 'autorecharge/pi_x' where user_id = 'eve' and type = 'BONUS'");

        assertViolations(tuple(BONUSES_ARE_GRANTED_ONCE, EVE), tuple(ENTRIES_ARE_LINKED, EVE));
    }

    @Test
    void a_reversal_of_nothing() throws SQLException {
        run("update credit_transactions set type = 'REVERSAL', category = 'PAID', linked_to = 'autorecharge/pi_x'"
                + " where user_id = 'dan' and seq = 2");

        assertViolations(tuple(ENTRIES_ARE_LINKED, DAN));
    }

    @Test
    void a_refund_whose_credits_were_not_taken_back() throws SQLException {
        run(
                "update auto_recharge_reversals set taken_minor = taken_minor + 1 where account_id = 'ann' and id = 're_2'");

        assertViolations(tuple(REVERSALS_ARE_IN_PROPORTION, ANN), tuple(REVERSALS_ARE_IN_PROPORTION, ANN));
    }

    @Test
    void credits_that_were_taken_back_without_a_refund() throws SQLException {
        run("delete from auto_recharge_reversals where account_id = 'ann' and id = 're_2'");

        assertViolations(tuple(REVERSALS_ARE_IN_PROPORTION, ANN), tuple(REVERSALS_ARE_IN_PROPORTION, ANN));
    }

    @Test
    void a_second_open_recharge_where_the_unique_index_is_gone() throws SQLException {
        runDdl(dropOneOpen(), this::openASecondRecharge);
    }

    private void openASecondRecharge() throws SQLException {
        run("insert into auto_recharge_recharges (account_id, id, triggered_by, state, package_credits, credits, bonus,"
                + " price_minor, price_currency, balance, opened_at) select account_id, 'second', triggered_by, state,"
                + " package_credits, credits, bonus, price_minor, price_currency, balance, opened_at"
                + " from auto_recharge_recharges where account_id = 'ben'");
        run("insert into auto_recharge_attempts (account_id, id, recharge_id, attempt_number, customer_id,"
                + " payment_method_id, amount_minor, amount_currency, description, state, sends, looks, in_doubt,"
                + " first_sent_at, last_sent_at, look_at, installation_id, seal) select account_id, 'second', 'second', attempt_number,"
                + " customer_id, payment_method_id, amount_minor, amount_currency, description, state, sends, looks,"
                + " in_doubt, first_sent_at, last_sent_at, look_at, '', 'none'"
                + " from auto_recharge_attempts where account_id = 'ben'");

        assertViolations(tuple(ONE_RECHARGE_IS_OPEN, BEN));
    }

    @Test
    void a_recharge_that_says_something_else_than_its_attempt() throws SQLException {
        run("update auto_recharge_recharges set state = 'FAILED' where account_id in ('ann', 'eve')");
        run("update auto_recharge_recharges set state = 'ABANDONED' where account_id = 'dan'");

        assertViolations(
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, ANN),
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, DAN),
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, EVE));
    }

    @Test
    void a_recharge_without_its_attempt_and_an_attempt_without_its_recharge() throws SQLException {
        run("delete from auto_recharge_attempts where account_id = 'ben'");
        run("delete from auto_recharge_recharges where account_id = 'dan'");

        assertViolations(
                tuple(ENDS_HAVE_TIMES, DAN),
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, BEN),
                tuple(RECHARGES_AGREE_WITH_ATTEMPTS, DAN));
    }

    @Test
    void an_open_recharge_without_a_next_check() throws SQLException {
        run("update auto_recharge_state set due_at = null where account_id = 'ben'");

        assertViolations(tuple(OPEN_IS_LOOKED_AT, BEN));
    }

    @Test
    void an_attempt_that_does_not_end_and_a_bank_debit_that_may_take_longer() throws SQLException {
        Duration doubt = Duration.ofDays(2);
        assertViolations(NOW.plus(doubt));
        assertViolations(NOW.plus(doubt).plusSeconds(1), tuple(OPEN_ENDS, BEN));

        run("update auto_recharge_attempts set provider_reference = 'pi_debit' where account_id = 'ben'");

        assertViolations(NOW.plus(Duration.ofDays(21)));
        assertViolations(NOW.plus(Duration.ofDays(21)).plusSeconds(1), tuple(OPEN_ENDS, BEN));
    }

    @Test
    void lists_the_first_and_counts_all() throws SQLException {
        int all = Verification.LISTED + 1;
        run(IntStream.range(0, all)
                .mapToObj(number -> "('n" + (10_000 + number) + "', 1)")
                .collect(Collectors.joining(", ", "insert into credit_accounts (id, credits) values ", "")));

        VerificationReport report = verification().verify(NOW);

        assertThat(report.count()).isEqualTo(all);
        assertThat(report.violations()).hasSize(Verification.LISTED);
        assertThat(report.violations().get(0).account()).isEqualTo(AccountId.of("n10000"));
        assertThat(report.isClean()).isFalse();
    }

    private void assertViolations(Tuple... expected) {
        assertViolations(NOW, expected);
    }

    private void assertViolations(Instant now, Tuple... expected) {
        VerificationReport report = verification().verify(now);

        List<Object> rules = Stream.of(expected).map(it -> it.toList().get(0)).toList();
        assertThat(report.violations())
                // These compare rows with other rows, so that they find most changes a second time.
                .filteredOn(it -> !ACROSS.contains(it.rule()) || rules.contains(it.rule()))
                .extracting(Violation::rule, Violation::account)
                .as(report.toString())
                .containsExactly(expected);
        assertThat(report.count()).isEqualTo(report.violations().size());
    }

    @Test
    void an_account_that_was_deleted_under_its_ledger() throws SQLException {
        run("delete from credit_accounts where id = 'dan'");

        assertViolations(tuple(ACCOUNTS_ARE_THERE, DAN));
    }

    @Test
    void one_capture_that_was_granted_to_two_accounts() throws SQLException {
        run("update auto_recharge_attempts set provider_reference = 'pi_page_cleo' where account_id = 'ann'");
        run("update credit_transactions set reference = 'autorecharge/pi_page_cleo'"
                + " where user_id = 'ann' and type = 'PURCHASE'");

        assertThat(verification().verify(NOW).violations())
                .filteredOn(it -> it.rule() == PAYMENTS_HAVE_ONE_ACCOUNT)
                .extracting(Violation::account)
                .contains(ANN, CLEO);
    }

    @Test
    void a_next_check_in_the_far_future() throws SQLException {
        run("update auto_recharge_state set due_at = timestamp '2099-01-01 00:00:00' where account_id = 'dan'");

        assertViolations(tuple(TIMES_ARE_NEAR, DAN));
    }

    @Test
    void something_that_happened_in_the_far_future() throws SQLException {
        run("update auto_recharge_state set consent_at = timestamp '2099-01-01 00:00:00' where account_id = 'dan'");

        assertViolations(tuple(TIMES_ARE_PAST, DAN));
    }

    @Test
    void a_suspension_that_vanished() throws SQLException {
        run("update auto_recharge_state set suspension_reason = null, suspended_since = null where account_id = 'ann'");

        assertViolations(tuple(SUSPENSIONS_ARE_REPORTED, ANN));
    }

    @Test
    void an_attempt_with_another_amount_than_its_recharge() throws SQLException {
        run("update auto_recharge_attempts set amount_minor = amount_minor + 1 where account_id = 'dan'");

        assertViolations(tuple(TERMS_AGREE, DAN));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "auto_recharge_attempts set customer_id = 'cus_other' where account_id = 'dan'",
                "auto_recharge_attempts set payment_method_id = 'pm_other' where account_id = 'dan'",
                "auto_recharge_attempts set fingerprint = 'fp_other' where account_id = 'dan'",
                "auto_recharge_attempts set installation_id = '' where account_id = 'dan'",
                "auto_recharge_attempts set seal = 'none' where account_id = 'dan'",
            })
    void an_attempt_with_other_terms_than_when_it_was_opened(String change) throws SQLException {
        run("update " + change);

        assertViolations(tuple(TERMS_ARE_KEPT, DAN));
    }

    @Test
    void an_entry_whose_category_does_not_fit_its_type() throws SQLException {
        run("update credit_transactions set category = 'PROMOTIONAL' where user_id = 'cleo' and type = 'PURCHASE'");

        assertViolations(tuple(ENTRIES_ARE_WELL_FORMED, CLEO));
    }

    @Test
    void a_recharge_that_the_account_does_not_remember() throws SQLException {
        run("update auto_recharge_state set last_opened_at = null where account_id = 'dan'");

        assertViolations(tuple(ENDS_HAVE_TIMES, DAN));
    }

    /** Each change would end a stop, shorten a wait, lose a count, or charge another method. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PROGRESS_FITS | ben | auto_recharge_attempts set in_doubt = false where account_id = 'ben'",
                "PROGRESS_FITS | ben | auto_recharge_attempts set first_sent_at = first_sent_at + interval '1' hour where account_id = 'ben'",
                "PROGRESS_FITS | ben | auto_recharge_attempts set sends = sends + 1 where account_id = 'ben'",
                "CARDS_ARE_COUNTED | dan | auto_recharge_card_attempts set fingerprint = 'fp_other' where account_id = 'dan'",
                "CARDS_ARE_COUNTED | dan | auto_recharge_card_attempts set opened_at = opened_at - interval '31' day where account_id = 'dan'",
                "CARDS_ARE_COUNTED | dan | auto_recharge_cards set fingerprint = 'fp_other' where fingerprint = 'fp_dan'",
                "CARDS_ARE_COUNTED |     | auto_recharge_cards set stop_reason = 'HARD_DECLINE' where fingerprint = 'fp_dan'",
                "CHECKOUTS_FIT | eve | auto_recharge_checkouts set enables = true where account_id = 'eve'",
                "CHECKOUTS_FIT | eve | auto_recharge_recoveries set attempt_id = 'other' where account_id = 'eve'",
                "CHECKOUTS_FIT | cleo | auto_recharge_checkouts set session_id = 'cs_eve' where account_id = 'cleo'",
                "TERMS_ARE_KEPT | cleo | auto_recharge_checkouts set saves = 'BACKUP' where account_id = 'cleo'",
                "CHECKOUTS_FIT | cleo | auto_recharge_checkouts set saves = 'BACKUP' where account_id = 'cleo'",
                "TERMS_ARE_KEPT | cleo | auto_recharge_checkouts set session_id = 'cs_other' where account_id = 'cleo'",
                "ENDS_ARE_REPORTED | dan | auto_recharge_recharges set closed_at = closed_at - interval '400' day where account_id = 'dan'",
                "BACK_OFFS_HAVE_CAUSES | dan | auto_recharge_state set retry_at = null where account_id = 'dan'",
                "BACK_OFFS_HAVE_CAUSES | dan | auto_recharge_state set retry_at = retry_at - interval '2' day where account_id = 'dan'",
                "BACK_OFFS_HAVE_CAUSES | dan | auto_recharge_state set declines = 0 where account_id = 'dan'",
                "SUSPENSIONS_HAVE_CAUSES | ann | auto_recharge_state set suspended_since = suspended_since - interval '2' day where account_id = 'ann'",
                "SUSPENSIONS_HAVE_CAUSES | ann | auto_recharge_state set suspended_fingerprint = 'fp_other' where account_id = 'ann'",
                "METHODS_FIT | ann | credit_accounts set stripe_customer_id = 'cus_other' where id = 'ann'",
                "METHODS_FIT | ann | auto_recharge_state set method_fingerprint = 'fp_other' where account_id = 'ann'",
                "AGREEMENTS_ARE_KEPT | ann | auto_recharge_state set consent_max_minor = null where account_id = 'ann'",
                "CONSENTS_ARE_RECORDED | ann | auto_recharge_state set agreed_minor = agreed_minor - 1 where account_id = 'ann'",
                "CONSENTS_ARE_RECORDED | ann | auto_recharge_state set consents = 0 where account_id = 'ann'",
                "CONSENTS_ARE_RECORDED | ann | auto_recharge_consents set max_minor = max_minor + 1 where account_id = 'ann'",
                "CONSENTS_ARE_RECORDED | ann | auto_recharge_consents set kind = 'REVOKED' where account_id = 'ann'",
                "CONSENTS_ARE_OBEYED | ann | auto_recharge_consents set price_minor = price_minor - 1 where account_id = 'ann'",
                "CONSENTS_ARE_OBEYED | ann | auto_recharge_consents set max_minor = 1 where account_id = 'ann'",
                "CONSENTS_ARE_OBEYED | ann | auto_recharge_recharges set consent_number = 99 where account_id = 'ann'",
                "OWED_IS_DUE | ben | auto_recharge_state set entries_owed_at = due_at where account_id = 'ben'",
                "OWN_RULES_FIT | ann | auto_recharge_state set own_monthly_minor = 500 where account_id = 'ann'",
                "OWN_RULES_FIT | ann | auto_recharge_state set own_monthly_currency = 'USD' where account_id = 'ann'",
                "OWN_RULES_FIT | ann | auto_recharge_state set own_monthly_minor = 0, own_monthly_currency = 'USD' where account_id = 'ann'",
                "OWN_RULES_FIT | ann | auto_recharge_state set idle_seq = ledger_seq + 1 where account_id = 'ann'",
                "THRESHOLD_IS_BOUNDED | ben | auto_recharge_state set threshold_raise = -1, threshold_raise_max = 5 where account_id = 'ben'",
                "THRESHOLD_IS_BOUNDED | ben | auto_recharge_state set threshold_raise = 6, threshold_raise_max = 5 where account_id = 'ben'",
                "THRESHOLD_IS_BOUNDED | ben | auto_recharge_state set threshold_raise = 1 where account_id = 'ben'",
                "THRESHOLD_IS_BOUNDED | ben | auto_recharge_state set usage_per_hour = -2 where account_id = 'ben'",
                "REVERSALS_ARE_KEPT | ann | auto_recharge_reversals set id = 're_other' where id = 're_2'",
                "STOPS_ARE_WHOLE |     | auto_recharge_pause set singleton = 1",
                "STOPS_ARE_WHOLE |     | auto_recharge_pause set reason = 'no time'",
                "INSTALLATION_IS_THERE | ann | auto_recharge_installation set singleton = 2",
            })
    void a_change_of_what_is_acted_on(Invariant rule, @Nullable String account, String change) throws SQLException {
        assertThat(verification().verify(rule, NOW).violations()).isEmpty();

        run("update " + change);

        assertThat(verification().verify(rule, NOW).violations())
                .extracting(
                        Violation::rule,
                        it -> it.account() == null ? null : it.account().value())
                .contains(tuple(rule, account));
    }

    /** dan's recharge becomes one that was announced in time; then one of its values is wrong. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "announced_for = opened_at + interval '1' second",
                "announced_for = announced_at - interval '1' second",
                "announced_max_minor = price_minor - 1",
                "announced_currency = 'EUR'",
                "announced_price_minor = 1",
                "announced_cards = 'fp_other'",
                "announced_cards = null",
                "announced_for = null",
                "announced_at = null",
            })
    void a_charge_that_was_announced_otherwise(String change) throws SQLException {
        run("update auto_recharge_recharges set announced_at = opened_at - interval '2' day,"
                + " announced_for = opened_at - interval '1' day, announced_max_minor = price_minor, announced_currency = price_currency,"
                + " announced_credits = package_credits, announced_price_minor = price_minor, announced_cards = 'fp_backup fp_dan'"
                + " where account_id = 'dan'");
        run(
                "insert into auto_recharge_outbox (event_id, account_id, type, happened_at, until_at, amount_minor, amount_currency)"
                        + " select concat('RECHARGE_ANNOUNCED:', id), account_id, 'RECHARGE_ANNOUNCED', announced_at, announced_for,"
                        + " announced_max_minor, announced_currency from auto_recharge_recharges where account_id = 'dan'");
        assertThat(verification().verify(CHARGES_ARE_ANNOUNCED, NOW).violations())
                .isEmpty();

        run("update auto_recharge_recharges set " + change + " where account_id = 'dan'");

        assertThat(verification().verify(CHARGES_ARE_ANNOUNCED, NOW).violations())
                .isNotEmpty()
                .allSatisfy(it -> assertThat(it.account()).isEqualTo(DAN));
    }

    @Test
    void a_charge_that_was_announced_and_of_which_no_event_is_left() throws SQLException {
        run(
                "update auto_recharge_state set announced_at = last_opened_at, announced_for = last_opened_at, announced_max_minor = 900,"
                        + " announced_currency = 'USD', announced_credits = 100, announced_price_minor = 900, announced_cards = 'fp_dan'"
                        + " where account_id = 'dan'");

        assertThat(verification().verify(CHARGES_ARE_ANNOUNCED, NOW).violations())
                .singleElement()
                .satisfies(it -> assertThat(it.details()).contains("no event says so"));
    }

    @Test
    void the_row_that_every_claim_locks_is_missing() throws SQLException {
        run("delete from auto_recharge_pause");

        VerificationReport report = verification().verify(Invariant.STOPS_ARE_WHOLE, NOW);

        assertThat(report.violations()).singleElement().satisfies(it -> {
            assertThat(it.account()).isNull();
            assertThat(it).hasToString("STOPS_ARE_WHOLE: " + it.details());
        });
    }

    /** What the documentation allows. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "update credit_accounts set auto_recharge_enabled = false",
                "update credit_accounts set stripe_customer_id = null, stripe_payment_method_id = null",
                "insert into auto_recharge_pause (singleton, reason, actor, since) values (1, 'key leaked', 'alice',"
                        + " timestamp '2026-03-02 09:00:00')",
                "update auto_recharge_state set due_at = timestamp '2026-03-02 09:00:00' where due_at is not null",
                "delete from auto_recharge_spending where 1 = 0 or slice is not null",
            })
    void what_an_operator_may_do_by_sql(String sql) throws SQLException {
        try (Statement statement = broken.createStatement()) {
            statement.execute(sql);
        }

        assertThat(verification().verify(NOW).violations()).isEmpty();
    }

    /** Writes an entry of the account once more, at the end of its ledger, and adds it to the balance, as the library would. */
    private void copyEntry(String account, String type, String reference) throws SQLException {
        run(
                "insert into credit_transactions (user_id, seq, type, category, amount, balance_after, description, reference,"
                        + " linked_to, created_at) select e.user_id, s.ledger_seq + 1, e.type, e.category, e.amount,"
                        + " a.credits + e.amount, e.description, " + reference + ", e.linked_to, e.created_at"
                        + " from credit_transactions e join auto_recharge_state s on s.account_id = e.user_id"
                        + " join credit_accounts a on a.id = e.user_id"
                        + " where e.user_id = '" + account + "' and e.type = '" + type + "'");
        run("update credit_accounts set credits = (select e.balance_after from credit_transactions e"
                + " where e.user_id = '" + account + "' order by e.seq desc limit 1) where id = '" + account + "'");
        run("update auto_recharge_state set ledger_seq = ledger_seq + 1 where account_id = '" + account + "'");
    }

    private Dialect dialect() {
        return Dialect.detect(ConnectionPort.of(pool));
    }

    private String dropReference() {
        return "alter table credit_transactions drop " + (dialect() == Dialect.MARIADB ? "index" : "constraint")
                + " credit_transactions_reference";
    }

    private String dropOneOpen() {
        return switch (dialect()) {
            case POSTGRESQL -> "drop index auto_recharge_one_open";
            case H2 -> "alter table auto_recharge_recharges drop constraint auto_recharge_one_open";
            case MARIADB -> "alter table auto_recharge_recharges drop index auto_recharge_one_open";
        };
    }

    private void run(String sql) throws SQLException {
        try (Statement statement = broken.createStatement()) {
            assertThat(statement.execute(sql)).isFalse();
            assertThat(sql.startsWith("alter") || sql.startsWith("drop") || statement.getUpdateCount() > 0)
                    .as("changes nothing: " + sql)
                    .isTrue();
        }
    }

    private long count(String query) throws SQLException {
        try (Statement statement = broken.createStatement();
                var rows = statement.executeQuery(query)) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
