package io.autorecharge.store;

import io.autorecharge.testkit.LedgerContract;
import io.autorecharge.testkit.LedgerElsewhereContract;
import io.autorecharge.testkit.RechargeStoreContract;
import org.junit.jupiter.api.Nested;

class InMemoryStoreTest {
    private final InMemoryStore memory = new InMemoryStore();

    @Nested
    class AsRechargeStore extends RechargeStoreContract {
        @Override
        protected RechargeStore store() {
            return memory;
        }
    }

    @Nested
    class BesideALedgerElsewhere extends LedgerElsewhereContract {
        @Override
        protected RechargeStore store() {
            return memory;
        }
    }

    @Nested
    class AsLedger extends LedgerContract {
        @Override
        protected Ledger ledger() {
            return memory;
        }

        @Override
        protected RechargeStore store() {
            return memory;
        }
    }
}
