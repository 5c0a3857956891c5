package io.autorecharge.spring.web;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The user's agreement to automatic charges.
 *
 * @param version Names the text that users agree to when they enable auto-recharge. Change it with the text.
 * @param text The text. If it is set, GET /api/credits/auto-recharge returns it, and each agreement is recorded with its hash.
 */
@ConfigurationProperties("autorecharge.consent")
record ConsentProperties(
        @DefaultValue("1") String version, @Nullable String text) {}
