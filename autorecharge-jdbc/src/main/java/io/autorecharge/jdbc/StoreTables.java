package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;

/** The statements of one store, created once and shared by all of its threads. */
record StoreTables(
        SqlTemplates sql,
        AccountRows accounts,
        LedgerRows entries,
        DueAccountRows due,
        RechargeQueries recharges,
        PauseRows pause,
        CheckoutRows checkouts,
        ReversalRows reversals,
        GrantRows grants,
        EventRows outbox) {
    static StoreTables of(Dialect dialect, AccountsTable table, Credits threshold) {
        SqlTemplates sql = new SqlTemplates(dialect, table, threshold);
        AccountRows accounts = new AccountRows(sql, threshold);
        return new StoreTables(
                sql,
                accounts,
                new LedgerRows(sql),
                new DueAccountRows(dialect, sql, accounts),
                new RechargeQueries(sql),
                new PauseRows(sql),
                new CheckoutRows(),
                new ReversalRows(),
                new GrantRows(sql),
                new EventRows(sql));
    }
}
