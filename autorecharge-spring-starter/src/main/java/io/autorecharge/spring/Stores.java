package io.autorecharge.spring;

import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
import org.springframework.beans.factory.ObjectProvider;

/** Selects the store and the ledger from the beans. */
final class Stores {
    private Stores() {}

    static RechargeStore required(ObjectProvider<RechargeStore> stores) {
        RechargeStore store = stores.getIfAvailable();
        if (store == null) {
            throw new IllegalStateException(
                    "autorecharge has a payment provider but no database: it needs spring-jdbc and one DataSource bean"
                            + " (of several, autorecharge.jdbc.data-source names one), or a RechargeStore bean");
        }
        return store;
    }

    /** A ledger of the host takes precedence over the store's own. */
    static Ledger ledger(RechargeStore store, ObjectProvider<Ledger> ledgers) {
        return ledgers.orderedStream()
                .filter(ledger -> ledger != store)
                .findFirst()
                .or(() -> ledgers.orderedStream().findFirst())
                .orElseThrow(() -> new IllegalStateException(
                        "autorecharge has a RechargeStore that is not a Ledger, and no Ledger bean"));
    }
}
