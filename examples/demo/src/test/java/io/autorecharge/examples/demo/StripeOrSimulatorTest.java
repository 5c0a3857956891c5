package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.stripe.simulator.StripeSimulator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StripeOrSimulatorTest {
    private static final String KEY = StripeOrSimulator.SECRET_KEY;

    @ParameterizedTest
    @ValueSource(strings = {"sk_live_51NotARealKeyForTests", "rk_live_51NotARealKeyForTests"})
    void refuses_a_live_key_and_does_not_repeat_it(String key) {
        assertThatThrownBy(() -> DemoApp.start(Map.of(KEY, key)))
                .hasMessageContaining("STRIPE_SECRET_KEY is a live key")
                .hasMessageNotContaining("NotARealKey");
    }

    @Test
    void takes_a_test_key_for_stripes_test_mode() {
        Map<String, String> keys = Map.of(
                KEY,
                "sk_test_51NotARealKeyForTests",
                StripeOrSimulator.WEBHOOK_SECRET,
                "whsec_NotARealSecret",
                StripeOrSimulator.API_BASE,
                "http://127.0.0.1:9");
        try (DemoApp app = DemoApp.start(keys)) {
            assertThat(app.context().getBeanProvider(StripeSimulator.class).getIfAvailable())
                    .isNull();
            assertThat(Pages.signedIn(app, "alice").profile()).doesNotContain("Test cards");
        }
    }

    @Test
    void starts_a_simulator_without_a_key_and_shows_its_cards() {
        try (DemoApp app = DemoApp.start()) {
            assertThat(app.stripe().baseUrl()).startsWith("http://127.0.0.1:");
            assertThat(Pages.signedIn(app, "alice").profile())
                    .contains(
                            "4242 4242 4242 4242", "4000 0000 0000 0341", "4000 0027 6000 3184", "4000 0000 0000 9995");
        }
    }
}
