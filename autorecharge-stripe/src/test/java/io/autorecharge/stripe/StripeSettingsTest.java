package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.autorecharge.credit.InvalidValueException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
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
    void refuses_an_invalid_secret_key_without_showing_it(String key) {
        InvalidValueException refused = refused(() -> settings(key).build());

        assertThat(refused.field()).isEqualTo("secretKey");
        assertThat(refused).hasMessageNotContainingAny("SECRET", "SEC RET");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "ideal", "bancontact", "sofort", "klarna", "affirm", "Card", "customer_balance", "cards"})
    void refuses_a_type_of_payment_method_that_cannot_be_charged_later(String type) {
        InvalidValueException refused = refused(() ->
                settings(TEST_KEY).savedMethodTypes(Arrays.asList("card", type)).build());

        assertThat(refused.field()).isEqualTo("savedMethodTypes");
        assertThat(refused.value()).isEqualTo(type);
        assertThat(refused.rule()).startsWith("cannot be charged later; possible are acss_debit, ");
    }

    @Test
    void refuses_an_empty_list_of_types() {
        assertThat(refused(() -> settings(TEST_KEY).savedMethodTypes(List.of()).build())
                        .field())
                .isEqualTo("savedMethodTypes");
        assertThat(settings(TEST_KEY)
                        .savedMethodTypes(List.of("paypal", "card"))
                        .build()
                        .savedMethodTypes())
                .containsExactlyInAnyOrder("card", "paypal");
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "SECRET", "whsec_", "whsec_SEC RET", "sk_test_SECRET"})
    void refuses_an_invalid_webhook_secret_without_showing_it(String secret) {
        InvalidValueException refused = refused(() -> settings(TEST_KEY)
                .webhookSecrets(Arrays.asList("whsec_good", secret))
                .build());

        assertThat(refused.field()).isEqualTo("webhookSecrets[1]");
        assertThat(refused).hasMessageNotContainingAny("SECRET", "SEC RET", "whsec_good");
    }

    @Test
    void shows_the_length_of_an_invalid_secret_and_what_a_secret_looks_like() {
        assertThat(refused(() -> settings("hunter2").build()))
                .hasMessage(
                        "secretKey must be sk_test_…, rk_test_…, sk_live_… or rk_live_… followed by letters, digits or"
                                + " underscores: (7 characters, not shown)");
        assertThat(refused(() -> settings("pk_test_a").build()))
                .hasMessage(
                        "secretKey is a publishable key (pk_…), but must be a secret one (sk_… or rk_…): (9 characters,"
                                + " not shown)");
        assertThat(refused(() ->
                        settings(TEST_KEY).webhookSecrets(List.of("hunter2")).build()))
                .hasMessage(
                        "webhookSecrets[0] must begin with whsec_ and must not contain white space: (7 characters, not"
                                + " shown)");
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
    void refuses_a_webhook_without_a_secret() {
        StripeSettings settings = settings(TEST_KEY).build();
        assertThat(settings.hasWebhookSecret()).isFalse();
        InvalidValueException refused =
                refused(() -> new StripeWebhook(settings, new StripeGateway(settings), Clock.systemUTC()));
        assertThat(refused.field()).isEqualTo("webhookSecrets");
    }

    @ParameterizedTest
    @ValueSource(strings = {"https://shop.example", "https://shop.example:8443/a?b={CHECKOUT_SESSION_ID}#c"})
    void accepts_https_return_urls(String url) {
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
    void refuses_invalid_return_urls_and_names_the_field(String url) {
        assertThat(refused(() -> StripeSettings.builder(LIVE_KEY, url, "https://shop.example")
                                .build())
                        .field())
                .isEqualTo("successUrl");
        assertThat(refused(() -> StripeSettings.builder(LIVE_KEY, "https://shop.example", url)
                                .build())
                        .field())
                .isEqualTo("cancelUrl");
    }

    @Test
    void accepts_http_return_urls_with_a_test_key_only() {
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
    void accepts_an_api_base_with_tls_or_on_this_machine(String url) {
        assertThat(settings(TEST_KEY).apiBase(url).build().apiBase().toString()).isEqualTo(url.replaceAll("/$", ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://api.stripe.com", "http://127.0.0.1.evil.example", "http://localhost.evil.example",
                        "http://10.0.0.1", "https://api.stripe.com/v1",
                "https://user@api.stripe.com", "https://api.stripe.com?x", "file:///etc/passwd", "api.stripe.com", ""
            })
    void refuses_an_api_base_on_another_machine_without_tls(String url) {
        assertThat(refused(() -> settings(TEST_KEY).apiBase(url).build()).field())
                .isEqualTo("apiBase");
    }

    @Test
    void never_sends_a_live_key_without_tls_even_on_this_machine() {
        assertThat(refused(() ->
                                settings(LIVE_KEY).apiBase("http://localhost:1").build())
                        .field())
                .isEqualTo("apiBase");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a*b", "<b>", "it's", "12345", "ABCDEFGHIJKLMNOPQRSTUVW", " CREDITS", "ÄÖ"})
    void refuses_a_statement_descriptor_that_banks_do_not_print(String suffix) {
        InvalidValueException refused = refused(
                () -> settings(TEST_KEY).statementDescriptorSuffix(suffix).build());

        assertThat(refused.field()).isEqualTo("statementDescriptorSuffix");
        assertThat(refused.value()).isEqualTo(suffix);
    }

    @Test
    void refuses_every_other_invalid_value_under_the_name_of_its_builder_method() {
        Map<String, UnaryOperator<StripeSettings.Builder>> invalid = new LinkedHashMap<>();
        invalid.put("readTimeout must be between PT0.01S and PT1M40S: PT0S", it -> it.readTimeout(Duration.ZERO));
        invalid.put("readTimeout must be given: null", it -> it.readTimeout(null));
        invalid.put(
                "connectTimeout must be between PT0.01S and PT1M40S: PT1H",
                it -> it.connectTimeout(Duration.ofHours(1)));
        invalid.put(
                "checkoutLifetime must be between PT35M and PT24H: PT30M",
                it -> it.checkoutLifetime(Duration.ofMinutes(30)));
        invalid.put("webhookTolerance must be between PT10S and PT1H: PT0S", it -> it.webhookTolerance(Duration.ZERO));
        invalid.put("stripeAccount must be acct_ followed by letters and digits: 123", it -> it.stripeAccount("123"));
        invalid.put("productName must contain {credits}: credits", it -> it.productName("credits"));
        invalid.put("productName must be given: null", it -> it.productName(null));
        invalid.put("savingNotice must not be blank:  ", it -> it.savingNotice(" "));
        invalid.put(
                "savingNotice must have at most 1200 characters, not 1201: " + "a".repeat(40) + "…",
                it -> it.savingNotice("a".repeat(1_201)));
        invalid.put("webhookSecrets must be given: null", it -> it.webhookSecrets(null));
        invalid.put("apiBase must be given: null", it -> it.apiBase(null));

        assertThat(invalid).allSatisfy((message, change) -> {
            InvalidValueException refused =
                    refused(() -> change.apply(settings(TEST_KEY)).build());
            assertThat(refused).hasMessage(message);
            assertThat(message).startsWith(refused.field() + " " + refused.rule());
        });
    }

    @Test
    void shows_no_secret_that_was_pasted_into_another_setting() {
        String secret = "sk_live_hidden42";
        List<UnaryOperator<StripeSettings.Builder>> pasted = List.of(
                it -> it.apiBase(secret),
                it -> it.stripeAccount(secret),
                it -> it.statementDescriptorSuffix(secret + "_and_more"),
                it -> it.productName(secret),
                it -> it.productName(secret + " "),
                it -> it.savingNotice(secret + "a".repeat(1_200)));

        assertThat(pasted)
                .allSatisfy(change -> assertThat(
                                refused(() -> change.apply(settings(TEST_KEY)).build()))
                        .hasMessageContaining("sk_…")
                        .hasMessageNotContaining("hidden42"));
    }

    private static InvalidValueException refused(ThrowingCallable call) {
        InvalidValueException refused = catchThrowableOfType(InvalidValueException.class, call);
        assertThat(refused).isNotNull();
        return refused;
    }
}
