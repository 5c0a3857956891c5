package io.autorecharge.spring.web;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.spring.OfferedPackages;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/credits/auto-recharge}. What is left out stays as it is. Whatever else {@code GET} answers may be sent back
 * and is not looked at, so that a page can post what it got.
 */
record SettingsForm(boolean enabled, JsonBody body) {
    private static final Set<String> KNOWN = Set.of("enabled", "credits", "threshold", "consent_version");

    static SettingsForm parse(byte[] bytes) {
        JsonBody body = JsonBody.parse(bytes, KNOWN, StatusView.READ_ONLY);
        return new SettingsForm(body.requiredBoolean("enabled"), body);
    }

    @Nullable
    String consentVersion() {
        return body.optionalText("consent_version");
    }

    Settings settings(Settings before, RechargePolicy policy) {
        Integer credits = body.has("credits") ? body.wholeNumberOrNull("credits") : before.credits();
        Credits threshold = body.has("threshold") ? body.requiredCredits("threshold") : before.threshold();
        Settings wanted = new Settings(enabled, credits, threshold);
        return wanted.equals(new Settings(false, before.credits(), before.threshold()))
                ? off(wanted, policy)
                : checked(wanted, policy);
    }

    /** Switching off always works, also when what was chosen long ago is not on sale any more. */
    private static Settings off(Settings wanted, RechargePolicy policy) {
        try {
            return policy.checked(wanted);
        } catch (IllegalArgumentException e) {
            return Settings.initial(policy.threshold());
        }
    }

    private static Settings checked(Settings wanted, RechargePolicy policy) {
        Integer credits = wanted.credits();
        if (credits == null && wanted.enabled()) {
            throw HttpProblem.of(
                    "credits",
                    "credits is missing: choose one of " + policy.packages().sizes());
        }
        if (credits != null) {
            OfferedPackages.required(policy, credits);
        }
        try {
            return policy.checked(wanted);
        } catch (IllegalArgumentException e) {
            // The package is in order, so what is left is the threshold.
            throw HttpProblem.of("threshold", String.valueOf(e.getMessage()));
        }
    }
}
