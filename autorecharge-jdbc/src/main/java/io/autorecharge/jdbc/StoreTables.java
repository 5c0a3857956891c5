package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;

/** The statements of one store, created once and shared by all of its threads. */
record StoreTables(
        SqlTemplates sql,
        AccountRows accounts,
        LedgerRows entries,
        DueAccountRows due,
        RechargeQueries recharges,
        MethodRows methods,
        ConsentRows consents,
        UsageRows usage,
        CardRows cards,
        PauseRows pause,
        SpendingRows spending,
        CheckoutRows checkouts,
        ReversalRows reversals,
        GrantRows grants,
        OwedRows owed,
        EventRows outbox,
        InstallationRows installation) {
    static StoreTables of(TableNames names, Credits threshold) {
        Dialect dialect = names.dialect();
        SqlTemplates sql = new SqlTemplates(dialect, names.accounts(), threshold);
        AccountRows accounts = new AccountRows(sql, threshold);
        return new StoreTables(
                sql,
                accounts,
                new LedgerRows(sql),
                new DueAccountRows(dialect, sql, accounts),
                new RechargeQueries(sql),
                new MethodRows(),
                new ConsentRows(sql),
                new UsageRows(),
                new CardRows(sql),
                new PauseRows(sql),
                new SpendingRows(sql),
                new CheckoutRows(),
                new ReversalRows(),
                new GrantRows(sql),
                new OwedRows(),
                new EventRows(sql),
                new InstallationRows(sql));
    }
}
