package io.autorecharge.spring.web;

import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The saved payment methods as JSON, the primary one first. */
final class MethodsView {
    private MethodsView() {}

    static HttpAnswer of(PaymentMethods methods, Instant now) {
        List<Map<String, @Nullable Object>> all = new ArrayList<>();
        for (SavedMethod saved : methods.all()) {
            all.add(view(saved, all.isEmpty(), now));
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("payment_methods", all);
        return HttpAnswer.ok(view);
    }

    private static Map<String, @Nullable Object> view(SavedMethod saved, boolean primary, Instant now) {
        PaymentMethod method = saved.method();
        YearMonth expiry = method.expiry();
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("id", method.id());
        view.put("type", method.type());
        view.put("brand", method.brand());
        view.put("last4", method.last4());
        view.put("expiry", expiry == null ? null : expiry.toString());
        view.put("primary", primary);
        putState(view, saved, now);
        return view;
    }

    /**
     * What the library knows of the bank's reason is not shown: the code of a decline is in the status, without those that would help a thief.
     */
    private static void putState(Map<String, @Nullable Object> view, SavedMethod saved, Instant now) {
        MethodStop stop = saved.stop();
        Instant retryAt = saved.retryAt();
        if (stop != null) {
            putState(view, "stopped", stop.reason().name().toLowerCase(Locale.ROOT), stop.since(), null);
        } else if (retryAt != null && retryAt.isAfter(now)) {
            putState(view, "waiting", "charge_failed", null, retryAt);
        } else {
            putState(view, saved.method().isExpired(now) ? "expired" : "usable", null, null, null);
        }
    }

    private static void putState(
            Map<String, @Nullable Object> view,
            String state,
            @Nullable String reason,
            @Nullable Instant since,
            @Nullable Instant nextTry) {
        view.put("state", state);
        view.put("reason", reason);
        view.put("since", since == null ? null : since.toString());
        view.put("next_try", nextTry == null ? null : nextTry.toString());
    }
}
