package io.autorecharge.stripe;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The checks of {@link StripeSettings}. No exception contains the value of a secret. */
final class SettingsValidation {
    private static final Pattern KEY = Pattern.compile("(sk|rk)_(test|live)_[A-Za-z0-9_]{1,240}");
    private static final Pattern WEBHOOK_SECRET = Pattern.compile("whsec_[\\x21-\\x7e]{1,250}");
    private static final Pattern ACCOUNT = Pattern.compile("acct_[A-Za-z0-9]{1,250}");

    /** https://docs.stripe.com/get-started/account/statement-descriptors: Latin characters, at least one letter, none of these. */
    private static final Pattern SUFFIX = Pattern.compile("(?=.*[A-Za-z])[\\x20-\\x7e&&[^<>\\\\'\"*]]{1,22}");

    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[(::1|0:0:0:0:0:0:0:1)]");
    private static final int MAX_URL = 5_000;
    private static final int MAX_NOTICE = 1_200;
    private static final String GIVEN = "must be given";

    private SettingsValidation() {}

    static String secretKey(@Nullable String value) {
        String key = given("secretKey", value);
        if (key.startsWith("pk_")) {
            throw new InvalidValueException(
                    "secretKey", notShown(key), "is a publishable key (pk_…), but must be a secret one (sk_… or rk_…)");
        }
        if (!KEY.matcher(key).matches()) {
            throw new InvalidValueException(
                    "secretKey",
                    notShown(key),
                    "must be sk_test_…, rk_test_…, sk_live_… or rk_live_… followed by letters, digits or underscores");
        }
        return key;
    }

    static boolean isLive(String secretKey) {
        return secretKey.startsWith("live_", 3);
    }

    static String masked(String secretKey) {
        return secretKey.substring(0, 8) + "***";
    }

    static List<String> webhookSecrets(@Nullable List<String> values) {
        if (values == null) {
            throw new InvalidValueException("webhookSecrets", null, GIVEN);
        }
        for (int i = 0; i < values.size(); i++) {
            String field = "webhookSecrets[" + i + "]";
            String value = given(field, values.get(i));
            if (!WEBHOOK_SECRET.matcher(value).matches()) {
                throw new InvalidValueException(
                        field, notShown(value), "must begin with whsec_ and must not contain white space");
            }
        }
        return List.copyOf(values);
    }

    static String returnUrl(String field, @Nullable String value, boolean live) {
        String url = url(field, value);
        URI uri = parsed(field, url.replace("{CHECKOUT_SESSION_ID}", "SESSION"), url);
        boolean secure = "https".equals(scheme(uri));
        if (!secure && !("http".equals(scheme(uri)) && !live)) {
            throw new InvalidValueException(
                    field, shown(url), live ? "must be an https URL" : "must be an http or https URL");
        }
        if (uri.getHost() == null || uri.getRawUserInfo() != null) {
            throw new InvalidValueException(field, shown(url), "must contain a host and no user");
        }
        return url;
    }

    static URI apiBase(@Nullable String value, boolean live) {
        String url = url("apiBase", value);
        URI uri = parsed("apiBase", url, url);
        String host = uri.getHost();
        boolean local =
                host != null && LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
        boolean allowed = "https".equals(scheme(uri)) || ("http".equals(scheme(uri)) && local && !live);
        if (!allowed || host == null) {
            throw new InvalidValueException(
                    "apiBase",
                    shown(url),
                    "must be an https URL; http is allowed only for a test key and only on this machine");
        }
        boolean bare = uri.getRawQuery() == null && uri.getRawFragment() == null && uri.getRawUserInfo() == null;
        if (!bare || !(uri.getRawPath().isEmpty() || uri.getRawPath().equals("/"))) {
            throw new InvalidValueException(
                    "apiBase", shown(url), "must consist of scheme, host and port, without a path, query or user");
        }
        return url.endsWith("/") ? URI.create(url.substring(0, url.length() - 1)) : uri;
    }

    static Duration timeout(String field, @Nullable Duration value) {
        return between(field, value, Duration.ofMillis(10), Duration.ofSeconds(100));
    }

    static Duration between(String field, @Nullable Duration value, Duration min, Duration max) {
        if (value == null) {
            throw new InvalidValueException(field, null, GIVEN);
        }
        if (value.compareTo(min) < 0 || value.compareTo(max) > 0) {
            throw new InvalidValueException(field, value, "must be between " + min + " and " + max);
        }
        return value;
    }

    static @Nullable String stripeAccount(@Nullable String value) {
        if (value != null && !ACCOUNT.matcher(value).matches()) {
            throw new InvalidValueException(
                    "stripeAccount", shown(value), "must be acct_ followed by letters and digits");
        }
        return value;
    }

    static @Nullable String descriptorSuffix(@Nullable String value) {
        if (value != null && (!SUFFIX.matcher(value).matches() || !value.strip().equals(value))) {
            throw new InvalidValueException(
                    "statementDescriptorSuffix",
                    shown(value),
                    "must have 1 to 22 Latin characters, at least one letter, and none of < > \\ ' \" *");
        }
        return value;
    }

    static String productName(@Nullable String value) {
        String name;
        try {
            name = Text.require("productName", value);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(e.field(), value == null ? null : shown(value), e.rule());
        }
        if (!name.contains("{credits}")) {
            throw new InvalidValueException("productName", shown(name), "must contain {credits}");
        }
        return name;
    }

    static String savingNotice(@Nullable String value) {
        String notice = given("savingNotice", value);
        if (notice.length() > MAX_NOTICE) {
            throw new InvalidValueException("savingNotice", shown(notice), tooLong(notice, MAX_NOTICE));
        }
        return notice;
    }

    private static String url(String field, @Nullable String value) {
        String url = given(field, value);
        if (url.length() > MAX_URL) {
            throw new InvalidValueException(field, shown(url), tooLong(url, MAX_URL));
        }
        return url;
    }

    private static String given(String field, @Nullable String value) {
        if (value == null) {
            throw new InvalidValueException(field, null, GIVEN);
        }
        if (value.isBlank()) {
            throw new InvalidValueException(field, value, "must not be blank");
        }
        return value;
    }

    private static String tooLong(String value, int max) {
        return "must have at most " + max + " characters, not " + value.length();
    }

    private static URI parsed(String field, String url, String original) {
        try {
            return new URI(url);
        } catch (URISyntaxException e) {
            // Without its cause, which repeats the whole value.
            throw new InvalidValueException(field, shown(original), "must be a URL");
        }
    }

    private static @Nullable String scheme(URI uri) {
        return uri.getScheme() == null ? null : uri.getScheme().toLowerCase(Locale.ROOT);
    }

    /** What an error says instead of a secret. */
    private static String notShown(String secret) {
        return "(" + secret.length() + " characters, not shown)";
    }

    /**
     * A value that is no secret. Secrets are masked here too, because they are sometimes pasted into the wrong setting.
     */
    private static String shown(String value) {
        return SafeText.of(value);
    }
}
