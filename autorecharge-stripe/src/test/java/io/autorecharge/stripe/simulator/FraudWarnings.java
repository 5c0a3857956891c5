package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Set;

/** Records early fraud warnings, and what becomes of them when the charge is refunded or disputed. No money moves. */
final class FraudWarnings {

    /** The types that the API reference lists. */
    static final Set<String> TYPES = Set.of(
            "card_never_received",
            "fraudulent_card_application",
            "made_with_counterfeit_card",
            "made_with_lost_card",
            "made_with_stolen_card",
            "misc",
            "unauthorized_use_of_card");

    private final Store store;
    private final EventLog events;
    private final SimulatorClock clock;

    FraudWarnings(Store store, EventLog events, SimulatorClock clock) {
        this.store = store;
        this.events = events;
        this.clock = clock;
    }

    String warn(Charge charge, String type) {
        if (!TYPES.contains(type)) {
            throw new IllegalArgumentException("fraudType must be one of " + TYPES + ": " + type);
        }
        FraudWarning warning = new FraudWarning(
                Ids.next("issfr_"),
                clock.seconds(),
                charge.id(),
                charge.terms().id(),
                type,
                FraudWarning.isActionable(charge));
        store.warnings.add(warning.id(), warning, charge.id());
        events.record("radar.early_fraud_warning.created", Trace.NONE, warning::json);
        return warning.id();
    }

    /** A full refund or a dispute ends what can be done about a warning. */
    void changed(Charge charge, Trace trace) {
        if (FraudWarning.isActionable(charge)) {
            return;
        }
        List<FraudWarning> open = store.warnings
                .newestFirst(charge.id())
                .filter(FraudWarning::actionable)
                .toList();
        for (FraudWarning warning : open) {
            FraudWarning settled = store.warnings.update(warning.id(), FraudWarning::settled);
            events.changed("radar.early_fraud_warning.updated", trace, warning::json, settled::json);
        }
    }
}
