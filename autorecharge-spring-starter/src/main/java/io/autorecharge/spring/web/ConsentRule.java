package io.autorecharge.spring.web;

import io.autorecharge.credit.Text;
import org.jspecify.annotations.Nullable;

/**
 * Which text users agree to.
 *
 * @param version the one in force
 */
record ConsentRule(String version) {
    /** @throws IllegalArgumentException when the version is blank or too long */
    ConsentRule {
        Text.require("consent version", version);
    }

    /**
     * The version in force; a page that shows an older text and says so is refused.
     *
     * @param claimed the version that the request says it showed; null when it says nothing
     */
    String check(@Nullable String claimed) {
        if (claimed != null && !claimed.equals(version)) {
            throw HttpProblem.of(
                    "consent_version",
                    "consent_version must be '" + version + "', the text in force, but is '" + Text.shown(claimed)
                            + "'");
        }
        return version;
    }
}
