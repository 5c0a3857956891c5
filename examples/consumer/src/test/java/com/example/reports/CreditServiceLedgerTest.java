package com.example.reports;

import io.autorecharge.store.Ledger;
import io.autorecharge.testkit.RemoteLedgerContract;

class CreditServiceLedgerTest extends RemoteLedgerContract {
    private final Ledger ledger = new CreditServiceLedger();

    @Override
    protected Ledger ledger() {
        return ledger;
    }
}
