package io.autorecharge.policy;

import io.autorecharge.credit.AccountId;
import java.io.Serial;

/**
 * A request of a user needs the account's policy, and {@link PolicySource} gave none that can be used. Nothing was changed. The log has the
 * cause; the request may be repeated when that is over.
 */
public final class PolicyUnusableException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    public PolicyUnusableException(AccountId account, String problem) {
        super("the policy of account '" + account + "' cannot be used: " + problem);
    }
}
