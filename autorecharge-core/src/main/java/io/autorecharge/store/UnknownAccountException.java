package io.autorecharge.store;

import io.autorecharge.credit.AccountId;

/** The host keeps its accounts in a table of its own, and this one is not there: the library makes none. */
public final class UnknownAccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AccountId account;

    /** @param where the table that was searched */
    public UnknownAccountException(AccountId account, String where) {
        super("account '" + account + "' is not in " + where);
        this.account = account;
    }

    /** Who is not there. */
    public AccountId account() {
        return account;
    }
}
