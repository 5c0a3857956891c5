package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import io.autorecharge.spring.HostAccounts;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Who is asking, by what the host has authenticated and by nothing else. */
final class CurrentAccount {
    private static final Logger log = LoggerFactory.getLogger(CurrentAccount.class);

    private final AccountResolver resolver;
    private final HostAccounts accounts;

    CurrentAccount(AccountResolver resolver, HostAccounts accounts) {
        this.resolver = resolver;
        this.accounts = accounts;
    }

    AccountId account(HttpServletRequest request) {
        Principal principal = principal(request);
        try {
            AccountId account = resolver.accountOf(principal);
            if (account != null) {
                accounts.require(account);
                return account;
            }
        } catch (IllegalArgumentException e) {
            log.warn("A login has no name that an account can have: {}", e.getMessage());
        }
        throw HttpProblem.of(403, "This login has no credit account.");
    }

    /** What the host's resolver says, else what stands in the accounts table. */
    @Nullable
    String email(HttpServletRequest request, AccountId account) {
        String known = resolver.emailOf(principal(request));
        return known == null || known.isBlank() ? accounts.email(account) : known;
    }

    private static Principal principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw HttpProblem.of(401, "Please log in.");
        }
        return principal;
    }
}
