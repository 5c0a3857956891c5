package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Reversal;
import java.sql.SQLException;
import java.util.List;

/** Refunds and disputes of payments. Written under the account's lock. Thread-safe. */
final class ReversalRows {
    private static final String OF_PAYMENT = """
            select id, kind, taken_minor, returned_minor, currency
            from auto_recharge_reversals
            where account_id = ? and provider_reference = ?
            """;

    private static final String ONE = """
            select id
            from auto_recharge_reversals
            where account_id = ? and provider_reference = ? and id = ?
            """;

    private static final String UPDATE = """
            update auto_recharge_reversals
            set kind = ?, taken_minor = ?, returned_minor = ?, currency = ?
            where account_id = ? and provider_reference = ? and id = ?
            """;

    private static final String INSERT = """
            insert into auto_recharge_reversals
                (kind, taken_minor, returned_minor, currency, account_id, provider_reference, id)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    List<Reversal> ofPayment(SqlSession session, AccountId account, String providerReference) {
        return session.list(OF_PAYMENT, ReversalRows::read, account, providerReference);
    }

    void save(SqlSession session, AccountId account, String providerReference, Reversal reversal) {
        boolean known = session.exists(ONE, account, providerReference, reversal.id());
        session.update(
                known ? UPDATE : INSERT,
                reversal.kind(),
                reversal.taken().minorUnits(),
                reversal.returned().minorUnits(),
                reversal.taken().currencyCode(),
                account,
                providerReference,
                reversal.id());
    }

    private static Reversal read(SqlRow row) throws SQLException {
        return new Reversal(
                row.text("id"),
                row.word(Reversal.Kind.class, "kind"),
                row.money("taken_minor", "currency"),
                row.money("returned_minor", "currency"));
    }
}
