package io.autorecharge.spring.web;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.RequestBudget;
import io.autorecharge.gateway.TooManyRequestsException;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.function.Supplier;
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
        Principal principal = principal(request);
        AccountId account = released(() -> resolver.accountOf(principal));
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
        Principal principal = principal(request);
        String known = released(() -> resolver.emailOf(principal));
        return known == null || known.isBlank() ? accounts.email(account) : known;
    }

    /** Calls the host's resolver, and gives back the connection that it may have bound to the request. */
    private static <T extends @Nullable Object> T released(Supplier<T> call) {
        try {
            return call.get();
        } finally {
            OpenViews.release();
        }
    }

    private static Principal principal(HttpServletRequest request) {
        Principal principal = request.getUserPrincipal();
        if (principal == null) {
            throw HttpProblem.of(401, "Please log in.");
        }
        return principal;
    }
}
