package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/**
 * Finds the account of the logged-in user. Provide a bean of this type if login names are not account ids; the default uses the principal's
 * name. It may read the database, also through JPA with open-in-view: the library gives the connection back before it goes on, and entities
 * that were read until then are detached. It receives the principal and not the request, so that no header or parameter can choose the account. Must be thread-safe.
 */
@FunctionalInterface
public interface AccountResolver {
    /**
     * @param principal the authenticated principal of the request; with Spring Security its {@code Authentication}
     * @return null if this user has no account; the answer is then 403. An exception is a bug, and the answer is 500; 503 if there was no
     *     connection to the database.
     */
    @Nullable
    AccountId accountOf(Principal principal);

    /** Where the payment provider sends receipts; null, the default, to give it no address. */
    default @Nullable String emailOf(Principal principal) {
        return null;
    }
}
