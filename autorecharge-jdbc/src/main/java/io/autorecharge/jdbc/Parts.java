package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;

/** The statements of one store, made once and shared by all of its threads. */
record Parts(
        SqlText sql,
        Accounts accounts,
        Entries entries,
        DueAccounts due,
        Recharges recharges,
        Checkouts checkouts,
        Grants grants,
        ReversalRows reversals,
        Outbox outbox) {
    static Parts of(Dialect dialect, AccountsTable table, Credits threshold) {
        SqlText sql = new SqlText(dialect, table, threshold);
        Accounts accounts = new Accounts(sql, threshold);
        return new Parts(
                sql,
                accounts,
                new Entries(sql),
                new DueAccounts(dialect, sql, accounts),
                new Recharges(sql),
                new Checkouts(),
                new Grants(sql),
                new ReversalRows(),
                new Outbox(sql));
    }
}
