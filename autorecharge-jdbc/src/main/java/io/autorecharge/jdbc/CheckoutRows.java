package io.autorecharge.jdbc;

import io.autorecharge.account.Consent;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Checkouts. Written under the account's lock. Thread-safe. */
final class CheckoutRows {
    private static final String COLUMNS = """
            select c.account_id, c.id, c.session_id, c.credits, c.price_minor, c.price_currency, c.enables,
                   c.consent_version, c.consent_at, c.consent_max_minor, c.consent_max_currency, c.state,
                   c.created_at, c.look_at, c.looks, c.provider_reference, c.installation_id, c.saves, r.attempt_id
            from auto_recharge_checkouts c
            left join auto_recharge_recoveries r on r.account_id = c.account_id and r.checkout_id = c.id
            """;

    private static final String ONE = COLUMNS + "where c.account_id = ? and c.id = ?";

    private static final String OPEN =
            COLUMNS + "where c.account_id = ? and c.state = 'OPEN'\norder by c.created_at, c.id";

    private static final String SINCE =
            "select created_at from auto_recharge_checkouts where account_id = ? and created_at >= ? order by created_at";

    // The seal of a checkout is completed when its session is known. MariaDB assigns from left to right, so it comes
    // first.
    private static final String UPDATE = """
            update auto_recharge_checkouts
            set seal = case when seal <> '' and (session_id is null or session_id <> ?) then coalesce(?, seal) else seal end,
                session_id = ?, credits = ?, price_minor = ?, price_currency = ?, enables = ?, consent_version = ?,
                consent_at = ?, consent_max_minor = ?, consent_max_currency = ?, state = ?, created_at = ?,
                look_at = ?, looks = ?, provider_reference = ?, installation_id = ?, saves = ?
            where account_id = ? and id = ?
            """;

    private static final String INSERT = """
            insert into auto_recharge_checkouts
                (session_id, credits, price_minor, price_currency, enables, consent_version, consent_at,
                 consent_max_minor, consent_max_currency, state, created_at, look_at, looks, provider_reference,
                 installation_id, saves, account_id, id, seal)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_RECOVERY = """
            insert into auto_recharge_recoveries (account_id, checkout_id, attempt_id) values (?, ?, ?)
            """;

    Optional<Checkout> find(SqlSession session, AccountId account, CheckoutId id) {
        return session.first(ONE, CheckoutRows::read, account, id.value());
    }

    List<Checkout> open(SqlSession session, AccountId account) {
        return session.list(OPEN, CheckoutRows::read, account);
    }

    List<Instant> since(SqlSession session, AccountId account, Instant from) {
        return session.list(SINCE, row -> row.time("created_at"), account, from);
    }

    void save(SqlSession session, Checkout checkout) {
        // Some drivers count only rows whose values changed, so a count of zero does not prove that the row is missing.
        List<@Nullable Object> update = values(checkout);
        update.add(0, checkout.sessionId() == null ? null : TermsSeal.of(checkout));
        update.add(0, checkout.sessionId());
        if (session.update(UPDATE, update.toArray()) == 0
                && find(session, checkout.account(), checkout.id()).isEmpty()) {
            List<@Nullable Object> values = values(checkout);
            values.add(TermsSeal.of(checkout));
            session.update(INSERT, values.toArray());
            AttemptId recovers = checkout.recovers();
            if (recovers != null) {
                session.update(
                        INSERT_RECOVERY, checkout.account(), checkout.id().value(), recovers.value());
            }
        }
    }

    private static List<@Nullable Object> values(Checkout checkout) {
        Consent consent = checkout.consent();
        Money most = consent == null ? null : consent.max();
        List<@Nullable Object> values = new ArrayList<>();
        Collections.addAll(
                values,
                checkout.sessionId(),
                checkout.credits(),
                checkout.price().minorUnits(),
                checkout.price().currencyCode(),
                checkout.enable(),
                consent == null ? null : consent.version(),
                consent == null ? null : consent.at(),
                most == null ? null : most.minorUnits(),
                most == null ? null : most.currencyCode(),
                checkout.state(),
                checkout.createdAt(),
                checkout.nextCheckAt(),
                checkout.checks(),
                checkout.providerReference(),
                InstallationRows.stored(checkout.installation()),
                checkout.saves(),
                checkout.account(),
                checkout.id().value());
        return values;
    }

    private static Checkout read(SqlRow row) throws SQLException {
        Instant consentAt = row.timeOrNull("consent_at");
        String recovers = row.textOrNull("attempt_id");
        return new Checkout(
                new CheckoutOffer(
                        row.account("account_id"),
                        new CheckoutId(row.text("id")),
                        row.number("credits"),
                        row.money("price_minor", "price_currency"),
                        row.flag("enables"),
                        consentAt == null
                                ? null
                                : new Consent(
                                        row.text("consent_version"),
                                        consentAt,
                                        row.moneyOrNull("consent_max_minor", "consent_max_currency"),
                                        row.textOrNull("consent_max_currency") == null
                                                ? null
                                                : Consent.Source.CHECKOUT),
                        row.time("created_at"),
                        recovers == null ? null : new AttemptId(recovers),
                        InstallationId.ofNullable(row.textOrNull("installation_id")),
                        row.wordOrNull(MethodPlace.class, "saves")),
                new CheckoutProgress(
                        row.textOrNull("session_id"),
                        row.word(CheckoutState.class, "state"),
                        row.timeOrNull("look_at"),
                        row.number("looks"),
                        row.textOrNull("provider_reference")));
    }
}
