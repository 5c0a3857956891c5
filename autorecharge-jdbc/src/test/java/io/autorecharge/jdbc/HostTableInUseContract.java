package io.autorecharge.jdbc;

import io.autorecharge.AutoRecharge;
import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.ManyThreadsContract;
import org.junit.jupiter.api.Nested;

/** A table of the host under load. One per database: types of columns make no difference to threads. */
abstract class HostTableInUseContract extends HostTableStoreContract {
    HostTableInUseContract(IdType idType, BalanceType balanceType) {
        super(idType, balanceType);
    }

    @Override
    int raceRounds() {
        return Soak.rounds(10, 100);
    }

    @Nested
    class IsUsedByManyThreads extends ManyThreadsContract {
        @Override
        protected AutoRechargeBuilder library(RechargePolicy policy, Gateway gateway) {
            return AutoRecharge.builder(policy, host().store(), gateway);
        }

        @Override
        protected int rounds() {
            return Soak.rounds(4, 12);
        }

        @Override
        protected AccountId account(String name) {
            AccountId account = host().account(name);
            host().signUp(account);
            return account;
        }
    }
}
