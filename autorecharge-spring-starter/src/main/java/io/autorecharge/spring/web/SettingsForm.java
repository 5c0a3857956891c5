package io.autorecharge.spring.web;

import io.autorecharge.account.Agreement;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.RechargePolicy;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/credits/auto-recharge}. A field that is left out keeps its value. The other fields of the {@code GET} answer
 * are allowed and ignored, so that a page can post what it received. {@code preview} asks what saving would charge, and saves nothing.
 * {@code monthly_limit} is the most that automatic recharges may cost in a month, in the currency of the packages; null for no limit.
 * {@code confirm_amount}, {@code confirm_currency}, {@code confirm_max} and {@code confirm_price} repeat what the user was shown.
 */
record SettingsForm(boolean enabled, JsonBody body) {
    private static final String MONTHLY_LIMIT = "monthly_limit";

    private static final Set<String> KNOWN = Set.of(
            "enabled",
            "credits",
            "threshold",
            "consent_version",
            "preview",
            MONTHLY_LIMIT,
            "confirm_amount",
            "confirm_max",
            "confirm_currency",
            "confirm_price");

    static SettingsForm parse(byte[] bytes) {
        JsonBody body = JsonBody.parse(bytes, KNOWN, StatusView.READ_ONLY);
        return new SettingsForm(body.requiredBoolean("enabled"), body);
    }

    @Nullable
    String consentVersion() {
        return body.optionalText("consent_version");
    }

    boolean isPreview() {
        return body.optionalBoolean("preview", false);
    }

    /** The agreement, with the amounts that the user confirmed, if any. */
    Agreement confirmed(Agreement agreement, Settings settings, RechargePolicy policy) {
        String amount = body.optionalText("confirm_amount");
        String currency = body.optionalText("confirm_currency");
        String max = body.optionalText("confirm_max");
        String price = body.optionalText("confirm_price");
        if (amount == null && currency == null && max == null && price == null) {
            return agreement;
        }
        if (amount == null || currency == null) {
            String missing = amount == null ? "confirm_amount" : "confirm_currency";
            throw HttpProblem.of(missing, missing + " is missing: a confirmation names amount and currency");
        }
        Money shown = money("confirm_amount", amount, currency);
        Money most = max == null ? atLeastOnePackage(shown, settings, policy) : money("confirm_max", max, currency);
        try {
            return price == null
                    ? agreement.confirming(shown, most)
                    : agreement.confirming(shown, most, money("confirm_price", price, currency));
        } catch (InvalidValueException e) {
            throw HttpProblem.of(fieldOf(e), e);
        }
    }

    private static String fieldOf(InvalidValueException e) {
        return switch (e.field()) {
            case "confirmedMax" -> "confirm_max";
            case "confirmedPrice" -> "confirm_price";
            default -> "confirm_amount";
        };
    }

    /** What the user decides besides the settings. What is left out stays as it is. */
    UnaryOperator<UserRules> rules(RechargePolicy policy) {
        if (!body.has(MONTHLY_LIMIT)) {
            return UnaryOperator.identity();
        }
        String amount = body.decimalOrNull(MONTHLY_LIMIT);
        String currency = policy.packages().all().get(0).price().currencyCode();
        Money limit = amount == null ? null : money(MONTHLY_LIMIT, amount, currency);
        return rules -> {
            try {
                return rules.withMonthlyLimit(limit);
            } catch (InvalidValueException e) {
                throw refused(e);
            }
        };
    }

    /** The answer to values that core has refused when they were compared with what is stored. */
    static <T> T refusing(Supplier<T> work) {
        try {
            return work.get();
        } catch (InvalidValueException e) {
            if ("monthlyLimit".equals(e.field())) {
                throw refused(e);
            }
            throw e;
        }
    }

    private static HttpProblem refused(InvalidValueException e) {
        return HttpProblem.of(MONTHLY_LIMIT, e);
    }

    /** A user who was shown no maximum was shown the amount and the price of the package. */
    private static Money atLeastOnePackage(Money shown, Settings settings, RechargePolicy policy) {
        return Optional.ofNullable(settings.credits())
                .flatMap(policy.packages()::find)
                .map(CreditPackage::price)
                .filter(price -> price.currency().equals(shown.currency()) && shown.isLessThan(price))
                .orElse(shown);
    }

    private static Money money(String field, String decimal, String currency) {
        try {
            return Money.of(decimal, currency);
        } catch (InvalidValueException e) {
            throw HttpProblem.of("currency".equals(e.field()) ? "confirm_currency" : field, e);
        }
    }

    Settings settings(Settings before, RechargePolicy policy) {
        Integer credits = body.has("credits") ? body.wholeNumberOrNull("credits") : before.credits();
        Credits threshold = body.has("threshold") ? body.requiredCredits("threshold") : before.threshold();
        Settings wanted = new Settings(enabled, credits, threshold);
        return wanted.equals(new Settings(false, before.credits(), before.threshold()))
                ? off(wanted, policy)
                : checked(wanted, policy);
    }

    /** Switching off always works, even if the package that was chosen long ago is no longer on sale. */
    private static Settings off(Settings wanted, RechargePolicy policy) {
        try {
            return policy.checked(wanted);
        } catch (InvalidValueException e) {
            return Settings.initial(policy.threshold());
        }
    }

    private static Settings checked(Settings wanted, RechargePolicy policy) {
        if (wanted.credits() == null && wanted.enabled()) {
            throw HttpProblem.of(
                    "credits",
                    "credits is missing: choose one of " + policy.packages().sizes());
        }
        return HttpSupport.refusing(() -> policy.checked(wanted));
    }
}
