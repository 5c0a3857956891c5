package io.autorecharge.spring.web;

import io.autorecharge.credit.Money;
import io.autorecharge.policy.Decision;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.SettingsPreview;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What saving charges, as JSON: {@code charge_now} is what is charged now, {@code to_confirm} what would be charged if the user confirmed
 * it. Both are null when there is nothing to tell.
 */
final class ChargeView {
    private static final String NOW = "charge_now";
    private static final String TO_CONFIRM = "to_confirm";

    /** Nothing is charged, and nothing has to be confirmed. */
    static final Map<String, @Nullable Object> NONE = view(null, null);

    private ChargeView() {}

    /** The answer to a request for a preview: what saving charges without a confirmation, and with one. */
    static Map<String, @Nullable Object> of(SettingsPreview preview) {
        Map<String, @Nullable Object> view = view(charge(preview.unconfirmed()), toConfirm(preview));
        view.put(
                "hold",
                preview.unconfirmed() instanceof Decision.Hold hold
                        ? hold.reason().name().toLowerCase(Locale.ROOT)
                        : null);
        view.put("payment_method", StatusView.method(preview.method()));
        return view;
    }

    static Map<String, @Nullable Object> of(SaveResult.Saved saved) {
        return view(charge(saved.next()), saved.asksForConfirmation() ? toConfirm(saved.preview()) : null);
    }

    /** Nothing is charged until the user confirms. */
    static Map<String, @Nullable Object> held(SettingsPreview preview) {
        return view(null, toConfirm(preview));
    }

    /** The confirmed amount is not what saving charges: nothing was saved. */
    static HttpAnswer changed(SettingsPreview now) {
        HttpAnswer problem = HttpAnswer.problem(
                409,
                "confirm_amount",
                "confirm_amount is not what saving charges now, which is " + now.amount()
                        + ": nothing was saved or charged");
        Map<String, @Nullable Object> body = new LinkedHashMap<>(problem.body());
        body.putAll(toConfirm(now));
        return new HttpAnswer(problem.status(), problem.contentType(), body, null);
    }

    private static Map<String, @Nullable Object> view(@Nullable Object now, @Nullable Object toConfirm) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put(NOW, now);
        view.put(TO_CONFIRM, toConfirm);
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> charge(Decision decision) {
        if (!(decision instanceof Decision.Recharge recharge)) {
            return null;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("amount", decimal(recharge.price()));
        view.put("currency", recharge.price().currencyCode());
        view.put("credits", Json.decimal(recharge.credits().toBigDecimal()));
        view.put("bonus", Json.decimal(recharge.bonus().toBigDecimal()));
        return view;
    }

    private static Map<String, @Nullable Object> toConfirm(SettingsPreview preview) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("amount", decimal(preview.amount()));
        view.put("max", decimal(preview.max()));
        view.put("currency", preview.max().currencyCode());
        return view;
    }

    private static String decimal(Money money) {
        return money.toBigDecimal().toPlainString();
    }
}
