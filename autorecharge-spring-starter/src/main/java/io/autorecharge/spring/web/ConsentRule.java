package io.autorecharge.spring.web;

import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * The text that users agree to. Immutable.
 *
 * @param version the version in force
 */
record ConsentRule(String version) {
    /** @throws io.autorecharge.credit.InvalidValueException if the version is blank or too long */
    ConsentRule {
        Text.require("version", version);
    }

    /**
     * Returns the version in force, and refuses a request whose page showed another text.
     *
     * @param shown the version that the request says it showed; null if it does not say
     */
    String check(@Nullable String shown) {
        if (shown != null && !shown.equals(version)) {
            throw HttpProblem.of(
                    "consent_version",
                    "consent_version must be '" + version + "', the text in force, but is '" + Text.shown(shown) + "'");
        }
        return version;
    }
}
