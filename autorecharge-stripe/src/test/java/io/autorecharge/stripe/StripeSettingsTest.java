package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class StripeSettingsTest {
    private static final String TEST_KEY = "sk_test_abcDEF123";
    private static final String LIVE_KEY = "sk_live_abcDEF123";

    private static StripeSettings.Builder settings(String key) {
        return StripeSettings.builder(
                key, "https://shop.example/paid?s={CHECKOUT_SESSION_ID}", "https://shop.example/back");
    }

    @ParameterizedTest
    @CsvSource({"sk_test_a, false", "rk_test_a, false", "sk_live_a, true", "rk_live_a, true"})
    void reads_the_mode_from_the_key(String key, boolean live) {
        assertThat(settings(key).build().isLive()).isEqualTo(live);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "pk_test_SECRET",
                "sk_SECRET",
                "sk_test_",
                "sk_test_SEC RET",
                " sk_test_SECRET",
                "sk_test_SECRET\n",
                "whsec_SECRET"
            })
    void refuses_a_key_that_is_none_without_showing_it(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(key).build())
                .withMessageStartingWith("secretKey")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET", "SEC RET"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "SECRET", "whsec_", "whsec_SEC RET", "sk_test_SECRET"})
    void refuses_a_webhook_secret_that_is_none_without_showing_it(String secret) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY)
                        .webhookSecrets(Arrays.asList("whsec_good", secret))
                        .build())
                .withMessageStartingWith("webhookSecrets[1]")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("SECRET", "SEC RET"));
    }

    @Test
    void shows_no_secret() {
        StripeSettings settings =
                settings(TEST_KEY).webhookSecrets(List.of("whsec_hidden")).build();
        assertThat(settings.toString())
                .contains("sk_test_***", "webhookSecrets=1")
                .doesNotContain("abcDEF123", "hidden");
    }

    @Test
    void makes_no_webhook_without_a_secret() {
        StripeSettings settings = settings(TEST_KEY).build();
        assertThat(settings.hasWebhookSecret()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StripeWebhook(settings, new StripeGateway(settings), Clock.systemUTC()))
                .withMessageContaining("webhookSecrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example", "https://shop.example:8443/a?b={CHECKOUT_SESSION_ID}#c"})
    void takes_return_addresses(String url) {
        assertThat(StripeSettings.builder(LIVE_KEY, url, url).build().successUrl())
                .isEqualTo(url);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {
                "",
                " ",
                "shop.example/paid",
                "/paid",
                "//shop.example",
                "javascript:alert(1)",
                "data:text/html,x",
                "ftp://shop.example",
                "https://",
                "https:///paid",
                "http://shop.example/paid",
                "http://localhost/paid",
                "https://user:pw@shop.example/",
                "https://shop.example/a b",
                "https://shop.example/{OTHER}",
                "https://shop.example/\r\nX: y"
            })
    void refuses_return_addresses_that_are_none_naming_them(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StripeSettings.builder(LIVE_KEY, url, "https://shop.example")
                        .build())
                .withMessageStartingWith("successUrl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> StripeSettings.builder(LIVE_KEY, "https://shop.example", url)
                        .build())
                .withMessageStartingWith("cancelUrl");
    }

    @Test
    void takes_plain_http_return_addresses_with_a_test_key_only() {
        assertThat(StripeSettings.builder(TEST_KEY, "http://localhost:8080/a", "http://host:1/b")
                        .build()
                        .cancelUrl())
                .isEqualTo("http://host:1/b");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://api.stripe.com",
                "https://api.stripe.com/",
                "http://localhost:12111",
                "http://127.0.0.1:1",
                "http://[::1]:2"
            })
    void takes_an_api_with_tls_or_on_this_machine(String url) {
        assertThat(settings(TEST_KEY).apiBase(url).build().apiBase().toString()).isEqualTo(url.replaceAll("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.stripe.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
                        "http://10.0.0.1", "https://api.stripe.com/v1",
                "https://user@api.stripe.com", "https://api.stripe.com?x", "file:///etc/passwd", "api.stripe.com", ""
            })
    void refuses_an_api_elsewhere_without_tls(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY).apiBase(url).build())
                .withMessageStartingWith("apiBase");
    }

    @Test
    void sends_no_live_key_without_tls_even_on_this_machine() {
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings(LIVE_KEY).apiBase("http://localhost:1").build());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*b", "<b>", "it's", "12345", "ABCDEFGHIJKLMNOPQRSTUVW", " CREDITS", "ÄÖ"})
    void refuses_a_statement_descriptor_that_banks_do_not_print(String suffix) {
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings(TEST_KEY).statementDescriptorSuffix(suffix).build())
                .withMessageStartingWith("statementDescriptorSuffix")
                .withMessageContaining("'" + (suffix.length() > 40 ? suffix.substring(0, 40) : suffix) + "'");
    }

    @Test
    void refuses_times_and_names_that_cannot_be() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY).readTimeout(Duration.ZERO).build())
                .withMessage("readTimeout must be PT0.01S to PT1M40S: PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        settings(TEST_KEY).connectTimeout(Duration.ofHours(1)).build())
                .withMessageStartingWith("connectTimeout");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY)
                        .checkoutLifetime(Duration.ofMinutes(30))
                        .build())
                .withMessageStartingWith("checkoutLifetime");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> settings(TEST_KEY).webhookTolerance(Duration.ZERO).build())
                .withMessageStartingWith("webhookTolerance");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY).stripeAccount("123").build())
                .withMessage("stripeAccount must be acct_ followed by letters and digits: '123'");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY).productName("credits").build())
                .withMessageStartingWith("productName");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(TEST_KEY).savingNotice(" ").build())
                .withMessageStartingWith("savingNotice");
    }
}
