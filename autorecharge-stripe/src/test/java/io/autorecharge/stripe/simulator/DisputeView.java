package io.autorecharge.stripe.simulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A dispute as JSON, with the fields that Stripe documents (https://docs.stripe.com/api/disputes/object). */
final class DisputeView {

    private static final long TO_ANSWER = Duration.ofDays(9).toSeconds();
    private static final long FEE = 1500;

    private DisputeView() {}

    static JsonObject of(Dispute dispute) {
        Charge charge = dispute.charge();
        return JsonObject.of(dispute.id(), "dispute")
                .with("amount", dispute.amount())
                .with("balance_transactions", movements(dispute))
                .with("charge", charge.id())
                .with("created", dispute.created())
                .with("currency", charge.terms().currency())
                .with("enhanced_eligibility_types", List.of())
                .with("evidence", new JsonObject())
                .with(
                        "evidence_details",
                        new JsonObject()
                                .with("due_by", dispute.created() + TO_ANSWER)
                                .with("has_evidence", false)
                                .with("past_due", false)
                                .with("submission_count", 0))
                .with("is_charge_refundable", dispute.status() == Dispute.Status.WARNING_NEEDS_RESPONSE)
                .with("livemode", false)
                .with("metadata", new JsonObject())
                .with("payment_intent", charge.terms().id())
                .with("reason", dispute.reason())
                .with("status", dispute.status().text());
    }

    private static List<JsonObject> movements(Dispute dispute) {
        List<JsonObject> movements = new ArrayList<>();
        if (dispute.withdrawn()) {
            movements.add(movement(dispute, "dispute", -dispute.amount(), FEE));
        }
        if (dispute.reinstated()) {
            movements.add(movement(dispute, "dispute_reversal", dispute.amount(), 0));
        }
        return movements;
    }

    private static JsonObject movement(Dispute dispute, String category, long amount, long fee) {
        return JsonObject.of("txn_" + category + "_" + dispute.id(), "balance_transaction")
                .with("amount", amount)
                .with("currency", dispute.charge().terms().currency())
                .with("fee", fee)
                .with("net", amount - fee)
                .with("reporting_category", category)
                .with("source", dispute.id())
                .with("type", "adjustment");
    }
}
