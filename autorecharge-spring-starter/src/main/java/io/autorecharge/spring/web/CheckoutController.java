package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutSession;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/credits/create-checkout-session}: creates a checkout session where the user buys a package. */
@RestController
class CheckoutController {
    private static final Set<String> KNOWN = Set.of("credits", "enable_auto_recharge", "consent_version");

    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;
    private final ConsentRule consent;

    CheckoutController(AutoRecharge autoRecharge, CurrentAccount current, ConsentRule consent) {
        this.autoRecharge = autoRecharge;
        this.current = current;
        this.consent = consent;
    }

    @PostMapping(Paths.CHECKOUT)
    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            JsonBody body = JsonBody.parse(HttpSupport.json(request), KNOWN, Set.of());
            return open(account, body, current.email(request, account));
        });
    }

    private HttpAnswer open(AccountId account, JsonBody body, @Nullable String email) {
        int credits = body.requiredWholeNumber("credits");
        autoRecharge
                .policy(account)
                .ifPresent(
                        policy -> HttpSupport.refusing(() -> policy.packages().require(credits)));
        boolean enable = body.optionalBoolean("enable_auto_recharge", false);
        Agreement agreed = consent.agreement(body.optionalText("consent_version"));
        return answer(autoRecharge.openCheckout(account, enable ? agreed : Agreement.none(), credits, email));
    }

    static HttpAnswer answer(CheckoutSession session) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("url", session.url().toString());
        view.put("session_id", session.sessionId());
        view.put("expires_at", session.expiresAt().toString());
        return HttpAnswer.ok(view);
    }
}
