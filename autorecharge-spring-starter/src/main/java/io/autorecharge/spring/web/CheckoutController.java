package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.spring.OfferedPackages;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/credits/create-checkout-session}: the address of a page where the user buys a package. */
@RestController
public class CheckoutController {
    private static final Set<String> KNOWN = Set.of("credits", "enable_auto_recharge", "consent_version");

    private final AutoRecharge autoRecharge;
    private final CurrentAccount callers;
    private final ConsentRule consent;

    CheckoutController(AutoRecharge autoRecharge, CurrentAccount callers, ConsentRule consent) {
        this.autoRecharge = autoRecharge;
        this.callers = callers;
        this.consent = consent;
    }

    @RequestMapping(Paths.CHECKOUT)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            HttpSupport.requireMethod(request, response, "POST");
            AccountId account = callers.account(request);
            HttpSupport.requireJson(request);
            byte[] bytes = HttpSupport.body(request, SettingsController.MAX_BODY_BYTES);
            return open(account, JsonBody.parse(bytes, KNOWN, Set.of()), callers.email(request, account));
        });
    }

    private HttpAnswer open(AccountId account, JsonBody body, @Nullable String email) {
        int credits = OfferedPackages.required(autoRecharge.policy(), body.requiredWholeNumber("credits"));
        boolean enable = body.optionalBoolean("enable_auto_recharge", false);
        String agreed = consent.check(body.optionalText("consent_version"));
        return page(autoRecharge.openCheckout(account, credits, enable ? agreed : null, email));
    }

    static HttpAnswer page(CheckoutSession page) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("url", page.url().toString());
        view.put("session_id", page.sessionId());
        view.put("expires_at", page.expiresAt().toString());
        return HttpAnswer.ok(view);
    }
}
