package io.autorecharge.examples.demo;

import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.RechargePolicy;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The Recharge form as submitted. Any value but "on" means off.
 *
 * @param enabled the toggle
 * @param credits the chosen package
 * @param threshold as entered
 * @param monthlyLimit the most that automatic recharges may cost in a month, as entered; empty for no limit
 * @param consent the check box of the agreement
 * @param confirmedAmount what the user was shown to be charged now; null before it was shown
 * @param confirmedMax what the user was shown as the most that one recharge can cost
 * @param confirmedPrice what the user was shown as the price of the package
 */
record RechargeForm(
        @Nullable String enabled,
        @Nullable String credits,
        @Nullable String threshold,
        @Nullable String monthlyLimit,
        @Nullable String consent,
        @Nullable String confirmedAmount,
        @Nullable String confirmedMax,
        @Nullable String confirmedPrice) {

    boolean isEnabled() {
        return "on".equals(enabled);
    }

    boolean agrees() {
        return "on".equals(consent);
    }

    /** Whether this is what the user was asked to confirm. */
    boolean confirms(Ask ask) {
        return ask.amount().equals(parsed(confirmedAmount, ask))
                && ask.max().equals(parsed(confirmedMax, ask))
                && ask.price().equals(parsed(confirmedPrice, ask));
    }

    private static @Nullable Money parsed(@Nullable String shown, Ask ask) {
        try {
            return Money.of(shown == null ? "" : shown, ask.max().currencyCode());
        } catch (InvalidValueException e) {
            return null;
        }
    }

    /** The problems by field; empty if there are none. */
    Map<String, String> problems(RechargePolicy policy, boolean consentNeeded) {
        Map<String, String> problems = new LinkedHashMap<>();
        if (packageSize(policy) == null) {
            problems.put("credits", "Choose one of the packages.");
        }
        try {
            policy.checked(Settings.initial(parsedThreshold()));
        } catch (InvalidValueException e) {
            problems.put("threshold", "The threshold " + e.rule() + ".");
        }
        try {
            policy.checked(
                    rules(policy, UserRules.NONE),
                    UserRules.NONE,
                    new Settings(true, packageSize(policy), Credits.ZERO));
        } catch (InvalidValueException e) {
            problems.put("monthlyLimit", "The limit " + e.rule() + ".");
        }
        if (consentNeeded && !agrees()) {
            problems.put("consent", "Auto-Recharge needs your agreement: read the terms and tick the box.");
        }
        return problems;
    }

    /** Call it only for a form without problems. */
    Settings settings(boolean on) {
        return new Settings(on, Integer.valueOf(String.valueOf(credits)), parsedThreshold());
    }

    /** The rules from now on; a page without the field changes nothing. */
    UserRules rules(RechargePolicy policy, UserRules before) {
        if (monthlyLimit == null) {
            return before;
        }
        String currency = policy.packages().all().get(0).price().currencyCode();
        return before.withMonthlyLimit(monthlyLimit.isBlank() ? null : Money.of(monthlyLimit.strip(), currency));
    }

    private Credits parsedThreshold() {
        return Credits.parse("threshold", threshold == null ? "" : threshold.strip());
    }

    @Nullable
    Integer packageSize(RechargePolicy policy) {
        return policy.packages().sizes().stream()
                .filter(size -> size.toString().equals(credits))
                .findFirst()
                .orElse(null);
    }
}
