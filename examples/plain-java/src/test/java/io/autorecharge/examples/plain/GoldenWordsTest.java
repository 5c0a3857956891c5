package io.autorecharge.examples.plain;

import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.EntryType;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.Status;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.Trigger;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The words that stand in columns and in JSON, by the place where they stand: whoever reads a row or an answer knows only these. */
class GoldenWordsTest {
    @Test
    void every_word_that_is_stored_or_shown_is_spelled_as_before() {
        Map<String, Class<? extends Enum<?>>> places = new LinkedHashMap<>();
        places.put("auto_recharge_attempts.state", AttemptState.class);
        places.put("auto_recharge_attempts.detail, of a refused request", Outcome.NotSubmitted.Reason.class);
        places.put("auto_recharge_checkouts.state", CheckoutState.class);
        places.put("auto_recharge_outbox.reason, of a limit; JSON reason and missing, in lower case", HoldReason.class);
        places.put("auto_recharge_outbox.type, and before the colon of its event_id", EventType.class);
        places.put("auto_recharge_recharges.state", RechargeState.class);
        places.put("auto_recharge_recharges.triggered_by", Trigger.class);
        places.put("auto_recharge_reversals.kind, auto_recharge_outbox.reason of a reversal", Reversal.Kind.class);
        places.put("auto_recharge_state.suspension_reason, JSON reason in lower case", Suspension.Reason.class);
        places.put("credit_transactions.category, auto_recharge_grants.category", Category.class);
        places.put("credit_transactions.type, auto_recharge_grants.type", EntryType.class);
        places.put("JSON state, in lower case", Status.State.class);
        places.put("meter autorecharge.questions, tag question, in lower case", AutoRechargeObserver.Question.class);

        GoldenFile.of("words.txt")
                .mustBe(places.entrySet().stream()
                        .map(place -> place.getKey() + "\n" + words(place.getValue()))
                        .collect(Collectors.joining("\n")));
    }

    private static String words(Class<? extends Enum<?>> type) {
        return Arrays.stream(type.getEnumConstants())
                .map(word -> "  " + word.name() + "\n")
                .collect(Collectors.joining());
    }
}
