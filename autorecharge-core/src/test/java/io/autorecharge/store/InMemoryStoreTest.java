package io.autorecharge.store;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.LedgerContract;
import io.autorecharge.testkit.LedgerElsewhereContract;
import io.autorecharge.testkit.ManyThreadsContract;
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

    @Nested
    class UsedByManyThreads extends ManyThreadsContract {
        @Override
        protected AutoRechargeBuilder library(RechargePolicy policy, Gateway gateway) {
            return AutoRecharge.builder(policy, memory, gateway);
        }
    }
}
