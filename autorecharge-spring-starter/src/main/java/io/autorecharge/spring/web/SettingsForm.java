package io.autorecharge.spring.web;

import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.policy.RechargePolicy;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code POST /api/credits/auto-recharge}. A field that is left out keeps its value. The other fields of the {@code GET} answer
 * are allowed and ignored, so that a page can post what it received.
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
