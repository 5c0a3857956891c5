package io.autorecharge.spring;

import io.autorecharge.AutoRechargeBuilder;
import org.springframework.core.env.Environment;

/** Gives the text that users agree to, if it is configured, to the builder. The endpoints define these properties. */
final class ConsentText {
    private static final String TEXT = "autorecharge.consent.text";
    private static final String VERSION = "autorecharge.consent.version";

    /** As in the properties of the endpoints. */
    private static final String DEFAULT_VERSION = "1";

    private ConsentText() {}

    static void apply(Environment environment, AutoRechargeBuilder builder) {
        String text = environment.getProperty(TEXT);
        if (text != null && !text.isBlank()) {
            builder.consentText(environment.getProperty(VERSION, DEFAULT_VERSION), text);
        }
    }
}
