package io.autorecharge.stripe;

import com.stripe.model.PaymentIntent;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a payment failed, in the metadata of its intent: Stripe erases the last error of an intent that is updated or cancelled
 * (https://docs.stripe.com/api/payment_intents/object), and only a failed charge keeps it.
 *
 * <p>The value is five words with a space between: the latest charge at that time, then the code, the decline code, the advice code and the
 * network's advice code. A {@code -} stands for what there is not. It counts as long as the intent has no other charge.
 */
final class StoredReason {
    private static final String NOTHING = "-";
    private static final int WORDS = 5;

    /** Five of them fit into a value of Stripe's metadata, which has at most 500 characters. */
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9_]{1,80}");

    private StoredReason() {}

    /** With a reason that cannot be stored, such as a code that Stripe could not have sent, that part is left out. */
    static String text(PaymentIntent intent, DeclineReason reason) {
        return Stream.of(
                        intent.getLatestCharge(),
                        reason.code(),
                        reason.declineCode(),
                        reason.adviceCode(),
                        reason.networkAdviceCode())
                .map(it -> it != null && WORD.matcher(it).matches() ? it : NOTHING)
                .collect(Collectors.joining(" "));
    }

    /** An unknown reason if none is stored, if it was changed, or if the payment was attempted again since. */
    static DeclineReason of(PaymentIntent intent) {
        Map<String, String> metadata = intent.getMetadata();
        String value = metadata == null ? null : metadata.get(Metadata.REASON);
        List<String> words = value == null ? List.of() : List.of(value.split(" ", -1));
        if (words.size() != WORDS || !words.stream().allMatch(StoredReason::isWord)) {
            return DeclineReason.NONE;
        }
        String charge = intent.getLatestCharge() == null ? NOTHING : intent.getLatestCharge();
        return words.get(0).equals(charge)
                ? new DeclineReason(word(words, 1), word(words, 2), word(words, 3), word(words, 4))
                : DeclineReason.NONE;
    }

    private static boolean isWord(String word) {
        return word.equals(NOTHING) || WORD.matcher(word).matches();
    }

    private static @Nullable String word(List<String> words, int index) {
        return words.get(index).equals(NOTHING) ? null : words.get(index);
    }
}
