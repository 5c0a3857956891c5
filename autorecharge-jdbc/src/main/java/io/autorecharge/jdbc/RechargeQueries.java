package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Currency;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Recharges and their attempts. A decided attempt stays decided, except that a capture may be found later. Thread-safe. */
final class RechargeQueries {
    private static final String LATEST = """
              and not exists (
                  select 1 from auto_recharge_attempts later
                  where later.account_id = a.account_id and later.recharge_id = a.recharge_id
                    and later.attempt_number > a.attempt_number)
            """;

    private static final String OPEN = RechargeRows.SELECT + "where r.account_id = ? and r.state = 'OPEN'\n" + LATEST;

    private static final String OF_ATTEMPT = RechargeRows.SELECT + "where a.account_id = ? and a.id = ?";

    private static final String OF_RECHARGE =
            RechargeRows.SELECT + "where a.account_id = ? and a.recharge_id = ?\norder by a.attempt_number";

    private static final String NEWEST =
            RechargeRows.SELECT + "where r.account_id = ?\n" + LATEST + "order by r.opened_at desc, r.id desc\nlimit ?";

    private static final String COUNTED = """
            select opened_at, price_minor, price_currency
            from auto_recharge_recharges
            where account_id = ? and opened_at >= ? and state in ('OPEN', 'PAID')
            order by opened_at
            """;

    private static final String DEAREST = """
            select max(price_minor) as price_minor, max(price_currency) as price_currency
            from auto_recharge_recharges
            where account_id = ? and state = 'PAID' and price_currency = ? and triggered_by <> 'REQUEST'
            """;

    private static final String INSERT_RECHARGE = """
            insert into auto_recharge_recharges
                (account_id, id, triggered_by, state, package_credits, credits, bonus, price_minor, price_currency, balance,
                 opened_at, closed_at, max_attempts, consent_number, announced_at, announced_for, announced_max_minor,
                 announced_currency, announced_credits, announced_price_minor, announced_cards)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            {pg:on conflict (account_id) where state = 'OPEN' do nothing}
            """;

    private static final String INSERT_ATTEMPT = """
            insert into auto_recharge_attempts
                (account_id, id, recharge_id, attempt_number, customer_id, payment_method_id, fingerprint, amount_minor,
                 amount_currency, description, state, sends, refusals, looks, in_doubt, first_sent_at, last_sent_at, look_at,
                 provider_reference, detail, closed_at, installation_id, seal)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String SAVE_RECHARGE = """
            update auto_recharge_recharges
            set state = ?, closed_at = ?
            where account_id = ? and id = ? and (state = 'OPEN' or ? = 'PAID')
            """;

    private static final String RECHARGE_EXISTS =
            "select 1 from auto_recharge_recharges where account_id = ? and id = ?";

    // The terms of an attempt are frozen at the claim. Only its progress changes.
    private static final String SAVE_ATTEMPT = """
            update auto_recharge_attempts
            set state = ?, sends = ?, refusals = ?, looks = ?, in_doubt = ?, first_sent_at = ?, last_sent_at = ?, look_at = ?,
                provider_reference = ?, detail = ?, closed_at = ?
            where account_id = ? and id = ? and (state = 'OPEN' or ? = 'PAID')
            """;

    private static final String ATTEMPT_EXISTS = "select 1 from auto_recharge_attempts where account_id = ? and id = ?";

    private final String insertRecharge;

    RechargeQueries(SqlTemplates sql) {
        insertRecharge = sql.of(INSERT_RECHARGE);
    }

    Optional<RechargeWithAttempt> open(SqlSession session, AccountId account) {
        return session.first(OPEN, RechargeRows::read, account);
    }

    Optional<RechargeWithAttempt> ofAttempt(SqlSession session, AccountId account, AttemptId attempt) {
        return session.first(OF_ATTEMPT, RechargeRows::read, account, attempt.value());
    }

    List<Attempt> attempts(SqlSession session, AccountId account, RechargeId recharge) {
        return session.list(OF_RECHARGE, row -> RechargeRows.read(row).attempt(), account, recharge.value());
    }

    List<RechargeWithAttempt> newest(SqlSession session, AccountId account, int limit) {
        return session.list(NEWEST, RechargeRows::read, account, limit);
    }

    List<PastRecharge> countedSince(SqlSession session, AccountId account, Instant from) {
        return session.list(
                COUNTED,
                row -> new PastRecharge(row.time("opened_at"), row.money("price_minor", "price_currency")),
                account,
                from);
    }

    Optional<Money> dearestPaid(SqlSession session, AccountId account, Currency currency) {
        return session
                .list(
                        DEAREST,
                        row -> Optional.ofNullable(row.moneyOrNull("price_minor", "price_currency")),
                        account,
                        currency.getCurrencyCode())
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** @return false when the database refused a second open recharge */
    boolean insert(SqlSession session, Recharge recharge, Attempt attempt) {
        List<@Nullable Object> values = new ArrayList<>(Arrays.asList(
                recharge.account(),
                recharge.id().value(),
                recharge.trigger(),
                recharge.state(),
                recharge.packageCredits(),
                recharge.credits(),
                recharge.bonus(),
                recharge.price().minorUnits(),
                recharge.price().currencyCode(),
                recharge.balance(),
                recharge.openedAt(),
                recharge.closedAt(),
                recharge.maxAttempts(),
                recharge.consent()));
        values.addAll(AnnouncementColumns.values(recharge.announced()));
        boolean inserted = session.inserted(insertRecharge, values.toArray());
        if (!inserted) {
            requireOpen(session, recharge);
            return false;
        }
        insert(session, attempt, recharge);
        return true;
    }

    /** A further attempt of a recharge. */
    void insertNext(SqlSession session, Attempt next) {
        List<RechargeWithAttempt> before = session.list(
                OF_RECHARGE, RechargeRows::read, next.account(), next.recharge().value());
        boolean open = next.state() == AttemptState.OPEN
                && before.stream().anyMatch(it -> it.attempt().state() == AttemptState.OPEN);
        if (before.isEmpty() || open) {
            throw new StoreException(
                    false,
                    "attempt '" + next.id() + "' of account '" + next.account() + "' cannot follow in its recharge",
                    null);
        }
        insert(session, next, before.get(0).recharge());
    }

    private static void insert(SqlSession session, Attempt attempt, Recharge recharge) {
        session.update(
                INSERT_ATTEMPT,
                attempt.account(),
                attempt.id().value(),
                attempt.recharge().value(),
                attempt.number(),
                attempt.customerId(),
                attempt.paymentMethodId(),
                attempt.fingerprint(),
                attempt.amount().minorUnits(),
                attempt.amount().currencyCode(),
                attempt.description(),
                attempt.state(),
                attempt.sends(),
                attempt.refusals(),
                attempt.checks(),
                attempt.inDoubt(),
                attempt.firstSentAt(),
                attempt.lastSentAt(),
                attempt.nextCheckAt(),
                attempt.providerReference(),
                SqlTexts.word(attempt.detail()),
                attempt.closedAt(),
                InstallationRows.stored(attempt.installation()),
                TermsSeal.of(recharge, attempt));
    }

    private void requireOpen(SqlSession session, Recharge refused) {
        if (open(session, refused.account()).isPresent()) {
            return;
        }
        if (session.exists(RECHARGE_EXISTS, refused.account(), refused.id().value())) {
            throw wrong(refused, "was written before");
        }
        throw SqlFailure.unseen("the open recharge of account '" + refused.account() + "'");
    }

    private static StoreException wrong(Recharge recharge, String what) {
        return new StoreException(
                false, "recharge '" + recharge.id() + "' of account '" + recharge.account() + "' " + what, null);
    }

    void save(SqlSession session, Recharge recharge) {
        int saved = session.update(
                SAVE_RECHARGE,
                recharge.state(),
                recharge.closedAt(),
                recharge.account(),
                recharge.id().value(),
                recharge.state());
        if (saved == 0
                && !session.exists(
                        RECHARGE_EXISTS, recharge.account(), recharge.id().value())) {
            throw wrong(recharge, "was never written");
        }
    }

    void save(SqlSession session, Attempt attempt) {
        int saved = session.update(
                SAVE_ATTEMPT,
                attempt.state(),
                attempt.sends(),
                attempt.refusals(),
                attempt.checks(),
                attempt.inDoubt(),
                attempt.firstSentAt(),
                attempt.lastSentAt(),
                attempt.nextCheckAt(),
                attempt.providerReference(),
                SqlTexts.word(attempt.detail()),
                attempt.closedAt(),
                attempt.account(),
                attempt.id().value(),
                attempt.state());
        if (saved == 0
                && !session.exists(
                        ATTEMPT_EXISTS, attempt.account(), attempt.id().value())) {
            throw new StoreException(
                    false,
                    "attempt '" + attempt.id() + "' of account '" + attempt.account() + "' was never written",
                    null);
        }
    }
}
