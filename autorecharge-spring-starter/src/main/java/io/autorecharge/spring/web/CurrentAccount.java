package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.RequestBudget;
import io.autorecharge.gateway.TooManyRequestsException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import org.jspecify.annotations.Nullable;

/** The account of a request: the host's authentication decides it, and nothing else in the request does. Thread-safe. */
final class CurrentAccount {
    private final AccountResolver resolver;
    private final HostAccounts accounts;
    private final RequestBudget budget;

    CurrentAccount(AccountResolver resolver, HostAccounts accounts, RequestBudget budget) {
        this.resolver = resolver;
        this.budget = budget;
        this.accounts = accounts;
    }

    /** @throws TooManyRequestsException when the account asks too often */
    AccountId account(HttpServletRequest request) {
        AccountId account = resolver.accountOf(principal(request));
        if (account == null) {
            throw HttpProblem.of(403, "This user has no credit account.");
        }
        budget.use(account);
        accounts.require(account);
        return account;
    }

    /** The address from the host's resolver, otherwise the one in the accounts table. */
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
