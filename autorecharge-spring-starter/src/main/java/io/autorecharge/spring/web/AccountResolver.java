package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Says which account belongs to whoever is logged in. A host whose login names are not its account ids gives a bean of this type; the
 * default takes the principal's name. It is given the principal and not the request, so that no header or parameter can choose the
 * account. Called by many threads.
 */
@FunctionalInterface
public interface AccountResolver {
    /**
     * @param principal of the authenticated request; with Spring Security its {@code Authentication}
     * @return null when this login has no account: the answer is 403
     */
    @Nullable
    AccountId accountOf(Principal principal);

    /** Where the payment provider's receipts go; null, the default, when it is not to know. */
    default @Nullable String emailOf(Principal principal) {
        return null;
    }
}
