package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutPage;
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
class CheckoutController {
    private static final Set<String> KNOWN = Set.of("credits", "enable_auto_recharge", "consent_version");

    private final AutoRecharge autoRecharge;
    private final Callers callers;
    private final ConsentRule consent;

    CheckoutController(AutoRecharge autoRecharge, Callers callers, ConsentRule consent) {
        this.autoRecharge = autoRecharge;
        this.callers = callers;
        this.consent = consent;
    }

    @RequestMapping(Paths.CHECKOUT)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpEdge.answer(response, () -> {
            HttpEdge.requireMethod(request, response, "POST");
            AccountId account = callers.account(request);
            HttpEdge.requireJson(request);
            byte[] bytes = HttpEdge.body(request, SettingsController.MAX_BODY_BYTES);
            return open(account, JsonBody.parse(bytes, KNOWN, Set.of()), callers.email(request, account));
        });
    }

    private Answer open(AccountId account, JsonBody body, @Nullable String email) {
        int credits = Packages.required(autoRecharge.policy(), body.requiredWholeNumber("credits"));
        boolean enable = body.optionalBoolean("enable_auto_recharge", false);
        String agreed = consent.check(body.optionalText("consent_version"));
        return page(autoRecharge.openCheckout(account, credits, enable ? agreed : null, email));
    }

    static Answer page(CheckoutPage page) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("url", page.url().toString());
        view.put("session_id", page.sessionId());
        view.put("expires_at", page.expiresAt().toString());
        return Answer.ok(view);
    }
}
