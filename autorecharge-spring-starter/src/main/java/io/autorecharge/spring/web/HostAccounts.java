package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.store.UnknownAccountException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** Reads the accounts table: whether an account exists, if only the host creates accounts, and its email address. Thread-safe. */
final class HostAccounts {
    private final @Nullable JdbcStore store;
    private final boolean createdByHost;

    private HostAccounts(@Nullable JdbcStore store, boolean createdByHost) {
        this.store = store;
        this.createdByHost = createdByHost;
    }

    static HostAccounts of(ObjectProvider<JdbcStore> stores, ObjectProvider<AccountsTable> tables) {
        AccountsTable table = tables.getIfAvailable(AccountsTable::own);
        return new HostAccounts(stores.getIfAvailable(), table != AccountsTable.own());
    }

    /** @throws UnknownAccountException if the account does not exist and the library may not create it */
    void require(AccountId account) {
        if (store != null && createdByHost && store.find(account).isEmpty()) {
            throw new UnknownAccountException(account, "the accounts table");
        }
    }

    @Nullable
    String email(AccountId account) {
        return store == null ? null : store.email(account).orElse(null);
    }
}
