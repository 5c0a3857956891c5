package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.stripe.model.PaymentIntent;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StoredReasonTest {
    private static final DeclineReason LOST = new DeclineReason("card_declined", "lost_card", "do_not_try_again", "03");

    @Test
    void is_read_as_it_was_written() {
        assertThat(StoredReason.text(intent(null, null), LOST))
                .isEqualTo("- card_declined lost_card do_not_try_again 03");
        assertThat(StoredReason.of(intent(null, "- card_declined lost_card do_not_try_again 03")))
                .isEqualTo(LOST);
        DeclineReason action = new DeclineReason("requires_action", null, null, null);
        assertThat(StoredReason.text(intent("ch_1", null), action)).isEqualTo("ch_1 requires_action - - -");
        assertThat(StoredReason.of(intent("ch_1", "ch_1 requires_action - - -")))
                .isEqualTo(action)
                .matches(DeclineReason::wantsAuthentication);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "- card_declined",
                "- card_declined lost_card - - -",
                "- card_declined lost_card  -",
                "- card_declined lost<card - -",
                "ch_1 card_declined lost_card - -",
            })
    void is_unknown_when_it_was_changed_or_belongs_to_another_charge(String value) {
        assertThat(StoredReason.of(intent(null, value))).isEqualTo(DeclineReason.NONE);
        assertThat(StoredReason.of(intent("ch_2", value))).isEqualTo(DeclineReason.NONE);
    }

    @Test
    void does_not_count_after_a_later_charge() {
        assertThat(StoredReason.of(intent("ch_1", "- authentication_required - - -")))
                .isEqualTo(DeclineReason.NONE);
    }

    @Test
    void has_only_words_and_fits_into_a_value_of_metadata() {
        String most = "x".repeat(80);
        String text = StoredReason.text(intent(most, null), new DeclineReason(most, most, most, most));
        assertThat(text).hasSizeLessThanOrEqualTo(500);
        assertThat(StoredReason.of(intent(most, text))).isEqualTo(new DeclineReason(most, most, most, most));
        assertThat(StoredReason.text(
                        intent(null, null), new DeclineReason("a b", "x".repeat(81), "a@example.org", "4242 4242")))
                .isEqualTo("- - - - -");
    }

    private static PaymentIntent intent(@Nullable String charge, @Nullable String reason) {
        PaymentIntent intent = new PaymentIntent();
        intent.setLatestCharge(charge);
        intent.setMetadata(reason == null ? Map.of() : Map.of(Metadata.REASON, reason));
        return intent;
    }
}
