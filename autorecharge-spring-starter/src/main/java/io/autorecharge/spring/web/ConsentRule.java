package io.autorecharge.spring.web;

import io.autorecharge.account.Agreement;
import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * The text that users agree to. Immutable.
 *
 * @param version the version in force
 * @param text the text; null when the host has not given it
 */
record ConsentRule(String version, @Nullable String text) {
    /** @throws io.autorecharge.credit.InvalidValueException if the version is blank or too long */
    ConsentRule {
        Text.require("version", version);
    }

    /**
     * What a request agrees to. It names the version that its page showed; if it names none, only switching auto-recharge on accepts the
     * version in force, and an agreement that is on record stays as it is. A request whose page showed another text is refused.
     *
     * @param shown the version that the request says it showed; null if it does not say
     */
    Agreement agreement(@Nullable String shown) {
        if (shown == null) {
            return Agreement.bySwitchingOn(version);
        }
        if (!shown.equals(version)) {
            throw HttpProblem.of(
                    "consent_version",
                    "consent_version must be '" + version + "', the text in force, but is '" + Text.shown(shown) + "'");
        }
        return Agreement.to(version);
    }
}
