package io.autorecharge.store;

import io.autorecharge.credit.AccountId;

/** The account is missing in the host's own account table, to which the library adds no rows. */
public final class UnknownAccountException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient AccountId account;

    /** @param where the table that was searched */
    public UnknownAccountException(AccountId account, String where) {
        super("account '" + account + "' is not in " + where);
        this.account = account;
    }

    /** The missing account. */
    public AccountId account() {
        return account;
    }
}
