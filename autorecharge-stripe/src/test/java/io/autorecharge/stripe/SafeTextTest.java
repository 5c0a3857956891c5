package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.logwatch.Secrets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SafeTextTest {
    private static final String CARD = "4242424242424242";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "card_declined",
                "card_error",
                "card_not_supported",
                "card_velocity_exceeded",
                "card_decline_rate_limit_exceeded",
                "card_authentication_required",
                "card_present",
                "payment_intent_authentication_failure",
                "payment_intent_incompatible_payment_method",
                "payment_method_bank_account_blocked",
                "payment_method_customer_decline",
                "bank_account_declined",
                "setup_intent_mandate_invalid",
                "secret_key_required",
                "platform_api_key_expired",
                "tokenized_account_number_deactivated",
                "charge_exceeds_source_limit",
                "previously_declined_do_not_retry"
            })
    void leaves_a_code_of_stripe_readable(String code) {
        String text = "HTTP 402 card_error code=" + code + " decline_code=" + code + " param=payment_method: " + code;

        assertThat(SafeText.of(text)).isEqualTo(text);
        assertThat(SafeText.of(code)).isEqualTo(code);
        assertThat(SafeText.of("'" + code + "'.")).isEqualTo("'" + code + "'.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pi_3MtwBwLkdIwHu7ix28a3tqPa",
                "cus_NffrFeUfNV2Hib",
                "ch_3MmlLrLkdIwHu7ix0snN0B15",
                "req_1a2b3c4d5e6f7g",
                "9ba04acf-f3d4-412b-8444-0a3923f78ead:11111111-2222-3333-4444-555555555555",
                "999999999999",
                "2026-11-28T08:12:15.042Z",
                "pi_1234567890123456"
            })
    void leaves_what_operators_search_for_readable(String text) {
        assertThat(SafeText.of("see " + text + ".")).isEqualTo("see " + text + ".");
    }

    @ParameterizedTest
    @CsvSource({
        "pm_1MtwBwLkdIwHu7ix28a3tqPa, pm_…",
        "pm_card_visa, pm_…",
        "card_1MvoiELkdIwHu7ixOeFGbN4D, card_…",
        "card_15abcdefghijkl, card_…",
        "card_abcdefghijklmn, card_…",
        "card_declined1, card_…",
        "card_declined_1MvoiELkdIwHu7ix, card_…",
        "card_1MvoiELkdIwHu7ix_declined, card_…",
        "card_Declined, card_…",
        "card_declined*, card_…",
        "src_1MtwBwLkdIwHu7ix, src_…",
        "tok_visa, tok_…",
        "btok_1MtwBwLkdIwHu7ix, btok_…",
        "ba_1MtwBwLkdIwHu7ix, ba_…",
        "sk_test_abc, sk_…",
        "sk_live_****abcd, sk_…",
        "rk_live_abc, rk_…",
        "pk_live_abc, pk_…",
        "ek_test_abc, ek_…",
        "whsec_abc, whsec_…",
        "pi_1_secret_abc, pi_1_secret_…",
        "seti_1Mm_secret_NOTAsecret, seti_1Mm_secret_…",
        "alice@example.com, …@…",
        "pm_1Mtw@example.com, …@…",
        "4242424242424242, …",
        "4242 4242 4242 4242, …",
        "4242-4242-4242-4242, …",
        "378282246310005, …",
        "3782 822463 10005, …",
        "4242424242424241, …",
        "6205500000000000004, …",
        "4222222222222, …"
    })
    void masks_ids_of_payment_methods_secrets_card_numbers_and_addresses(String secret, String mask) {
        assertThat(SafeText.of(secret)).isEqualTo(mask);
        assertThat(SafeText.of("No such thing: '" + secret + "'; code=card_declined"))
                .isEqualTo("No such thing: '" + mask + "'; code=card_declined");
        assertThat(SafeText.of("(" + secret + ") " + secret + ", " + secret + "."))
                .doesNotContain(secret)
                .contains(mask);
    }

    @Test
    void does_not_show_the_half_of_a_secret_that_the_limit_cuts() {
        for (int length = 200; length <= 310; length++) {
            for (String secret : new String[] {CARD, "4242 4242 4242 4242", "alice.smith@example.com"}) {
                String text = "x ".repeat(length).substring(0, length - 1) + " " + secret + " y".repeat(400);

                assertThat(SafeText.of(text)).doesNotContain("4242 4242", "42424", "alice");
            }
        }
    }

    @Test
    void shows_the_first_300_characters_and_that_there_were_more() {
        assertThat(SafeText.of("a".repeat(300))).isEqualTo("a".repeat(300));
        assertThat(SafeText.of("a".repeat(301))).isEqualTo("a".repeat(300) + "…");
        assertThat(SafeText.of("a".repeat(1_000_000))).isEqualTo("a".repeat(300) + "…");
        assertThat(SafeText.of("a ".repeat(148) + CARD)).isEqualTo("a ".repeat(148) + "…");
        assertThat(SafeText.of((CARD + " or ").repeat(100)))
                .hasSizeLessThan(300)
                .matches(it -> Secrets.in(it).isEmpty());
    }

    @Test
    void replaces_control_characters_and_makes_nothing_of_nothing() {
        assertThat(SafeText.of("a\nb\u2028c\u0000")).isEqualTo("a?b?c?");
        assertThat(SafeText.of("")).isEmpty();
        assertThat(SafeText.of(null)).isEmpty();
    }
}
