package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.policy.Decision;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.PurchaseResult;
import io.autorecharge.store.Recharge;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What became of a charge that the user asked for, as JSON. The first field names the result; the others are null where they say nothing. */
final class RequestedChargeView {
    private static final Logger log = LoggerFactory.getLogger(RequestedChargeView.class);

    private final AutoRecharge autoRecharge;

    RequestedChargeView(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    HttpAnswer of(AccountId account, PurchaseResult result) {
        if (result instanceof PurchaseResult.PriceChanged changed) {
            throw HttpProblem.of(
                    "price",
                    "price is not what the package costs now, which is " + changed.now() + ": nothing was charged");
        }
        if (result instanceof PurchaseResult.Held held) {
            return held(held.hold());
        }
        if (result instanceof PurchaseResult.Paid paid) {
            return charged("paid", paid.recharge(), null);
        }
        if (result instanceof PurchaseResult.Declined declined) {
            return charged("declined", declined.recharge(), null);
        }
        if (result instanceof PurchaseResult.ConfirmationRequired required) {
            return charged("confirmation_required", required.recharge(), confirmUrl(account));
        }
        return result instanceof PurchaseResult.Pending pending
                ? charged("pending", pending.recharge(), null)
                : charged("not_charged", ((PurchaseResult.NotCharged) result).recharge(), null);
    }

    HttpAnswer of(AccountId account, CheckResult result) {
        if (result instanceof CheckResult.Held held) {
            return held(held.hold());
        }
        CheckResult.Charged charged = (CheckResult.Charged) result;
        Outcome outcome = charged.outcome();
        if (outcome instanceof Outcome.Paid) {
            return charged("paid", charged.recharge(), null);
        }
        if (outcome instanceof Outcome.ActionRequired) {
            return charged("confirmation_required", charged.recharge(), confirmUrl(account));
        }
        return charged(outcome instanceof Outcome.Declined ? "declined" : "pending", charged.recharge(), null);
    }

    /** The page where the customer confirms; null when it cannot be opened now, and the recovery endpoint is to be tried later. */
    private @Nullable String confirmUrl(AccountId account) {
        try {
            return autoRecharge
                    .openRecovery(account)
                    .map(CheckoutSession::url)
                    .map(Object::toString)
                    .orElse(null);
        } catch (GatewayException | TooManyRequestsException | IllegalStateException e) {
            log.warn("account={}: the page that confirms a purchase could not be opened", account, e);
            return null;
        }
    }

    private static HttpAnswer charged(String result, Recharge recharge, @Nullable String confirmUrl) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("result", result);
        view.put("credits", Json.decimal(recharge.credits().toBigDecimal()));
        view.put("bonus", Json.decimal(recharge.bonus().toBigDecimal()));
        view.put("price", recharge.price().toBigDecimal().toPlainString());
        view.put("currency", recharge.price().currencyCode());
        view.put("reason", null);
        view.put("until", null);
        view.put("confirm_url", confirmUrl);
        return HttpAnswer.ok(view);
    }

    private static HttpAnswer held(Decision.Hold hold) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("result", "held");
        view.put("credits", null);
        view.put("bonus", null);
        view.put("price", null);
        view.put("currency", null);
        view.put("reason", hold.reason().name().toLowerCase(Locale.ROOT));
        view.put("until", hold.until() == null ? null : hold.until().toString());
        view.put("confirm_url", null);
        return HttpAnswer.ok(view);
    }
}
