package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * Charges that the user asks for: {@code POST /api/credits/purchases} buys a package with the saved payment method, and
 * {@code POST /api/credits/auto-recharge/retry} tries again after a decline.
 */
@RestController
class RequestedChargesController {
    private static final String CREDITS = "credits";
    private static final String PRICE = "price";
    private static final String CURRENCY = "currency";
    private static final String REQUEST_ID = "request_id";
    private static final Set<String> KNOWN = Set.of(CREDITS, PRICE, CURRENCY, REQUEST_ID);

    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;
    private final RequestedChargeView views;

    RequestedChargesController(AutoRecharge autoRecharge, CurrentAccount current) {
        this.autoRecharge = autoRecharge;
        this.current = current;
        this.views = new RequestedChargeView(autoRecharge);
    }

    @PostMapping(Paths.PURCHASES)
    void purchase(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            return purchase(account, JsonBody.parse(HttpSupport.json(request), KNOWN, Set.of()));
        });
    }

    private HttpAnswer purchase(AccountId account, JsonBody body) {
        int credits = body.requiredWholeNumber(CREDITS);
        autoRecharge
                .policy(account)
                .ifPresent(
                        policy -> HttpSupport.refusing(() -> policy.packages().require(credits)));
        Money shown = shown(body.requiredText(PRICE), body.requiredText(CURRENCY));
        String reference = reference(body.requiredText(REQUEST_ID));
        try {
            return views.of(account, autoRecharge.purchase(account, credits, shown, reference));
        } catch (InvalidValueException e) {
            if (e.field().equals("reference")) {
                throw HttpProblem.of(REQUEST_ID, REQUEST_ID + " was used for another purchase");
            }
            throw e;
        }
    }

    private static Money shown(String decimal, String currency) {
        try {
            return Money.of(decimal, currency);
        } catch (InvalidValueException e) {
            throw HttpProblem.of(CURRENCY.equals(e.field()) ? CURRENCY : PRICE, e);
        }
    }

    private static String reference(String value) {
        try {
            return Text.require(REQUEST_ID, value);
        } catch (InvalidValueException e) {
            throw HttpProblem.of(REQUEST_ID, e);
        }
    }

    @PostMapping(Paths.RETRY)
    void retry(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            JsonBody.empty(HttpSupport.json(request));
            return views.of(account, autoRecharge.retry(account));
        });
    }
}
