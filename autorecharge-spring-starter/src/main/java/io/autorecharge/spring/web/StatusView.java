package io.autorecharge.spring.web;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Grace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Spending;
import io.autorecharge.report.SmartThresholdStatus;
import io.autorecharge.report.Status;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A status as JSON: the three settings first, then the state of the account. */
final class StatusView {
    /** The fields that a request may repeat but not change. */
    static final Set<String> READ_ONLY = Set.of(
            "balance",
            "state",
            "reason",
            "next_try",
            "missing",
            "payment_method",
            "consent",
            "announced",
            "grace",
            "packages",
            "consent_text",
            "recharge_max",
            "price_change",
            "spending",
            "smart_threshold",
            "charge_now",
            "to_confirm");

    private StatusView() {}

    /** @param policy of the account; null when it cannot be used */
    static Map<String, @Nullable Object> of(Status status, @Nullable RechargePolicy policy, ConsentRule rule) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("enabled", status.settings().enabled());
        view.put("credits", status.settings().credits());
        view.put("threshold", Json.decimal(status.settings().threshold().toBigDecimal()));
        view.put("balance", Json.decimal(status.balance().toBigDecimal()));
        view.put("state", lower(status.state().name()));
        view.put("reason", status.reason() == null ? null : lower(status.reason()));
        view.put("next_try", text(status.nextTry()));
        view.put(
                "missing",
                status.missing().stream()
                        .map(HoldReason::name)
                        .map(StatusView::lower)
                        .toList());
        view.put("payment_method", method(status.method()));
        view.put("consent", consent(status.consent()));
        view.put("consent_version", rule.version());
        view.put("consent_text", rule.text());
        view.put("recharge_max", rechargeMax(status, policy));
        view.put("price_change", priceChange(status, policy));
        view.put("packages", packages(policy));
        view.put("monthly_limit", decimalOrNull(status.spending().ownMonthlyLimit()));
        view.put("spending", spending(status.spending()));
        if (status.grace() != null) {
            view.put("grace", grace(status.grace()));
        }
        if (status.announced() != null) {
            view.put("announced", announced(status.announced()));
        }
        SmartThresholdStatus smart = status.smartThreshold();
        if (smart != null) {
            view.put("smart_threshold", smart(smart));
        }
        return view;
    }

    private static Map<String, @Nullable Object> smart(SmartThresholdStatus smart) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put(
                "per_hour",
                smart.perHour() == null ? null : Json.decimal(smart.perHour().toBigDecimal()));
        view.put("recharges_below", Json.decimal(smart.rechargesBelow().toBigDecimal()));
        view.put("hours", smart.hours().map(Json::decimal).orElse(null));
        return view;
    }

    private static Map<String, @Nullable Object> spending(Spending spending) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("currency", spending.month().spent().currencyCode());
        view.put("month", period(spending.month()));
        view.put("day", period(spending.day()));
        return view;
    }

    private static Map<String, @Nullable Object> period(Spending.Period period) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("recharges", period.recharges());
        view.put("spent", period.spent().toBigDecimal().toPlainString());
        view.put("limit", decimalOrNull(period.limit()));
        view.put("resets_at", period.until().toString());
        return view;
    }

    private static @Nullable String decimalOrNull(@Nullable Money money) {
        return money == null ? null : money.toBigDecimal().toPlainString();
    }

    /** What the user recognizes the card by; never an id. */
    static @Nullable Map<String, @Nullable Object> method(@Nullable PaymentMethod method) {
        if (method == null) {
            return null;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("brand", method.brand());
        view.put("last4", method.last4());
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> consent(@Nullable Consent consent) {
        if (consent == null) {
            return null;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("version", consent.version());
        view.put("at", consent.at().toString());
        Money max = consent.max();
        view.put("max_amount", max == null ? null : max.toBigDecimal().toPlainString());
        view.put("max_currency", max == null ? null : max.currencyCode());
        view.put("package", agreed(consent.bought()));
        return view;
    }

    private static @Nullable Map<String, @Nullable Object> agreed(@Nullable AgreedPackage bought) {
        if (bought == null) {
            return null;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("credits", bought.credits());
        view.put("bonus", Json.decimal(bought.bonus().toBigDecimal()));
        view.put("price", bought.price().toBigDecimal().toPlainString());
        view.put("currency", bought.price().currencyCode());
        return view;
    }

    /** The most that one recharge can cost with these settings; what a page shows before its user agrees. */
    private static @Nullable Map<String, Object> rechargeMax(Status status, @Nullable RechargePolicy policy) {
        Integer credits = status.settings().credits();
        if (policy == null || credits == null || policy.packages().find(credits).isEmpty()) {
            return null;
        }
        Money max = policy.greatestCharge(status.settings(), status.balance());
        return ordered("amount", max.toBigDecimal().toPlainString(), "currency", max.currencyCode());
    }

    /** What was agreed to, and what the package holds and costs now; null unless a credit costs more. */
    private static @Nullable Map<String, @Nullable Object> priceChange(Status status, @Nullable RechargePolicy policy) {
        Integer credits = status.settings().credits();
        Consent consent = status.consent();
        if (policy == null
                || credits == null
                || consent == null
                || !status.missing().contains(HoldReason.PRICE_CHANGED)) {
            return null;
        }
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("agreed", agreed(consent.bought()));
        view.put("now", agreed(policy.offer(policy.packages().require(credits))));
        return view;
    }

    /** How far below zero the balance may be, and until when. */
    private static Map<String, @Nullable Object> grace(Grace grace) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("credits", Json.decimal(grace.credits().toBigDecimal()));
        view.put("until", grace.until().toString());
        return view;
    }

    /** The charge that was announced: not before this time, and at most this amount. */
    private static Map<String, @Nullable Object> announced(Announcement announced) {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("at", announced.at().toString());
        view.put("not_before", announced.notBefore().toString());
        view.put("max_amount", announced.max().toBigDecimal().toPlainString());
        view.put("currency", announced.max().currencyCode());
        return view;
    }

    private static List<Map<String, Object>> packages(@Nullable RechargePolicy policy) {
        return policy == null
                ? List.of()
                : policy.packages().all().stream().map(StatusView::offer).toList();
    }

    private static Map<String, Object> offer(CreditPackage offer) {
        Map<String, Object> view = ordered(
                "credits",
                offer.credits(),
                "price",
                offer.price().toBigDecimal().toPlainString());
        view.put("currency", offer.price().currencyCode());
        return view;
    }

    private static Map<String, Object> ordered(String first, Object one, String second, Object two) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put(first, one);
        view.put(second, two);
        return view;
    }

    private static @Nullable String text(@Nullable Instant at) {
        return at == null ? null : at.toString();
    }

    private static String lower(String word) {
        return word.toLowerCase(Locale.ROOT);
    }
}
