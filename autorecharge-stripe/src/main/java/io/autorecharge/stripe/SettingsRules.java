package io.autorecharge.stripe;

import io.autorecharge.credit.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks of {@link StripeSettings}. Values of secrets never get into a message. */
final class SettingsRules {
    private static final Pattern KEY = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_]{1,240}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_[\\x21-\\x7e]{1,250}");
    private static final Pattern ACCOUNT = Pattern.compile("acct_[A-Za-z0-9]{1,250}");

    /** https://docs.stripe.com/get-started/account/statement-descriptors: Latin, with a letter, without these. */
    private static final Pattern SUFFIX = Pattern.compile("(?=.*[A-Za-z])[\\x20-\\x7e&&[^<>\\\\'\"*]]{1,22}");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final int LONGEST_URL = 5_000;

    private SettingsRules() {}

    static String secretKey(@Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("secretKey is missing");
        }
        if (value.startsWith("pk_")) {
            throw new IllegalArgumentException(
                    "secretKey is a publishable key (pk_…); the secret one begins with sk_ or rk_");
        }
        if (!KEY.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "secretKey must be sk_test_…, rk_test_…, sk_live_… or rk_live_… followed by letters, digits or"
                            + " underscores; the given one has " + value.length() + " characters and is not shown");
        }
        return value;
    }

    static boolean isLive(String secretKey) {
        return secretKey.startsWith("live_", 3);
    }

    static String masked(String secretKey) {
        return secretKey.substring(0, 8) + "***";
    }

    static List<String> webhookSecrets(List<String> values) {
        for (int i = 0; i < values.size(); i++) {
            String value = values.get(i);
            if (value == null || value.isBlank()) {
                throw new IllegalArgumentException("webhookSecrets[" + i + "] is blank");
            }
            if (!WEBHOOK_SECRET.matcher(value).matches()) {
                throw new IllegalArgumentException(
                        "webhookSecrets[" + i + "] must begin with whsec_ and hold no white space; the given one has "
                                + value.length() + " characters and is not shown");
            }
        }
        return List.copyOf(values);
    }

    static String returnUrl(String field, @Nullable String value, boolean live) {
        String url = present(field, value);
        URI uri = parsed(field, url.replace("{CHECKOUT_SESSION_ID}", "SESSION"), url);
        boolean secure = "https".equals(scheme(uri));
        if (!secure && !("http".equals(scheme(uri)) && !live)) {
            throw new IllegalArgumentException(field + " must be an https address"
                    + (live ? "" : ", or with a test key an http one") + ": '" + shown(url) + "'");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new IllegalArgumentException(field + " must name a host and no user: '" + shown(url) + "'");
        }
        return url;
    }

    static URI apiBase(@Nullable String value, boolean live) {
        String url = present("apiBase", value);
        URI uri = parsed("apiBase", url, url);
        String host = uri.getHost();
        boolean local =
                host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
        boolean allowed = "https".equals(scheme(uri)) || ("http".equals(scheme(uri)) && local && !live);
        if (!allowed || host == null) {
            throw new IllegalArgumentException(
                    "apiBase must be an https address, or with a test key an http one on this machine: '" + shown(url)
                            + "'");
        }
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (!bare || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
            throw new IllegalArgumentException(
                    "apiBase must be scheme, host and port without path, query or user: '" + shown(url) + "'");
        }
        return url.endsWith("/") ? URI.create(url.substring(0, url.length() - 1)) : uri;
    }

    static Duration timeout(String field, Duration value) {
        return between(field, value, Duration.ofMillis(10), Duration.ofSeconds(100));
    }

    static Duration between(String field, Duration value, Duration least, Duration most) {
        if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(field + " must be " + least + " to " + most + ": " + value);
        }
        return value;
    }

    static @Nullable String stripeAccount(@Nullable String value) {
        if (value != null && !ACCOUNT.matcher(value).matches()) {
            throw new IllegalArgumentException(
                    "stripeAccount must be acct_ followed by letters and digits: '" + shown(value) + "'");
        }
        return value;
    }

    static @Nullable String descriptorSuffix(@Nullable String value) {
        if (value != null && (!SUFFIX.matcher(value).matches() || !value.strip().equals(value))) {
            throw new IllegalArgumentException(
                    "statementDescriptorSuffix must be 1 to 22 Latin characters with a letter, without < > \\ ' \" *:"
                            + " '" + shown(value) + "'");
        }
        return value;
    }

    static String productName(@Nullable String value) {
        String name = Text.require("productName", value);
        if (!name.contains("{credits}")) {
            throw new IllegalArgumentException("productName must hold {credits}: '" + shown(name) + "'");
        }
        return name;
    }

    static String savingNotice(@Nullable String value) {
        if (value == null || value.isBlank() || value.length() > 1_200) {
            throw new IllegalArgumentException("savingNotice must have 1 to 1200 characters: "
                    + (value == null ? "missing" : "it has " + value.length()));
        }
        return value;
    }

    private static String present(String field, @Nullable String value) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (value.length() > LONGEST_URL) {
            throw new IllegalArgumentException(field + " has " + value.length() + " characters, at most " + LONGEST_URL
                    + " are allowed: '" + shown(value) + "'");
        }
        return value;
    }

    private static URI parsed(String field, String url, String shown) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Without its cause, which repeats the whole value.
            throw new IllegalArgumentException(field + " is not an address: '" + shown(shown) + "'");
        }
    }

    private static @Nullable String scheme(URI uri) {
        return uri.getScheme() == null ? null : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** Keys get into the wrong setting, too. */
    private static String shown(String value) {
        return Text.shown(SafeText.of(value));
    }
}
