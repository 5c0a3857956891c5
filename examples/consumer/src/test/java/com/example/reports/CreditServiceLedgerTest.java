package com.example.reports;

import io.autorecharge.store.Ledger;
import io.autorecharge.testkit.PostContract;

class CreditServiceLedgerTest extends PostContract {
    private final Ledger ledger = new CreditServiceLedger();

    @Override
    protected Ledger ledger() {
        return ledger;
    }
}
