package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.RechargeStoreContract;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;

/** All contracts on a table that the host has already. */
abstract class HostTableStoreContract extends HostTableContract {
    HostTableStoreContract(IdType idType, BalanceType balanceType) {
        super(idType, balanceType);
    }

    @Nested
    class IsAStore extends RechargeStoreContract {
        @Override
        protected RechargeStore store() {
            return host().storeThatSignsUp();
        }

        @Override
        protected AccountId account(String name) {
            return host().account(name);
        }

        @Override
        protected boolean makesAccounts() {
            return false;
        }
    }

    @Nested
    class JoinsTheHost extends HostTransactionContract {
        @Override
        DataSource database() {
            return HostTableStoreContract.this.database();
        }

        @Override
        JdbcStore store(ConnectionPort connections) {
            return host().store(connections);
        }

        @Override
        AccountId account(String name) {
            AccountId account = host().account(name);
            host().signUp(account);
            return account;
        }
    }
}
