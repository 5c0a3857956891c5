package io.autorecharge.testkit;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;
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
    class WithAnExternalLedger extends ExternalLedgerStoreContract {
        @Override
        protected RechargeStore store() {
            return memory;
        }
    }

    @Nested
    class AsLedger extends StoreLedgerContract {
        @Override
        protected Ledger ledger() {
            return memory;
        }

        @Override
        protected RechargeStore store() {
            return memory;
        }
    }

    @Nested
    class UsedByManyThreads extends ManyThreadsContract {
        @Override
        protected AutoRechargeBuilder library(RechargePolicy policy, Gateway gateway) {
            return AutoRecharge.builder(policy, memory, gateway);
        }
    }
}
