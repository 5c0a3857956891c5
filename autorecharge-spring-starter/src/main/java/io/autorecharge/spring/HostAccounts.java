package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.jdbc.AccountsTable;
import io.autorecharge.jdbc.JdbcStore;
import io.autorecharge.store.UnknownAccountException;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;

/** What the table of the accounts tells of one: whether it is there at all, where only the host makes accounts, and its e-mail address. */
public final class HostAccounts {
    private final @Nullable JdbcStore store;
    private final boolean hostMakesThem;

    private HostAccounts(@Nullable JdbcStore store, boolean hostMakesThem) {
        this.store = store;
        this.hostMakesThem = hostMakesThem;
    }

    public static HostAccounts of(ObjectProvider<JdbcStore> stores, ObjectProvider<AccountsTable> tables) {
        AccountsTable table = tables.getIfAvailable(AccountsTable::own);
        return new HostAccounts(stores.getIfAvailable(), table != AccountsTable.own());
    }

    /** @throws UnknownAccountException when the account is not there and the library may not make it */
    public void require(AccountId account) {
        if (store != null && hostMakesThem && store.find(account).isEmpty()) {
            throw new UnknownAccountException(account, "the accounts table");
        }
    }

    @Nullable
    public String email(AccountId account) {
        return store == null ? null : store.email(account).orElse(null);
    }
}
