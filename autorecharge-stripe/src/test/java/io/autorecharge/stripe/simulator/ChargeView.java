package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.Charge.Status;
import io.autorecharge.stripe.simulator.PaymentIntent.Terms;
import java.util.List;

/** A charge and a refund as JSON, with the fields of recorded responses. */
final class ChargeView {

    private ChargeView() {}

    static JsonObject of(Charge charge) {
        Terms terms = charge.terms();
        boolean captured = charge.status() == Status.SUCCEEDED;
        return JsonObject.of(charge.id(), "charge")
                .with("amount", terms.amount())
                .with("amount_captured", captured ? terms.amount() : 0)
                .with("amount_refunded", charge.refunded())
                .withNulls("application", "application_fee", "application_fee_amount", "balance_transaction")
                .with("billing_details", MethodView.billingDetails(charge.method()))
                .with("calculated_statement_descriptor", "SIMULATOR")
                .with("captured", captured)
                .with("created", charge.created())
                .with("currency", terms.currency())
                .with("customer", terms.customer())
                .with("description", terms.description())
                .with("destination", null)
                .with("dispute", charge.dispute())
                .with("disputed", charge.dispute() != null)
                .with("failure_balance_transaction", null)
                .with(
                        "failure_code",
                        charge.failure() == null ? null : charge.failure().code())
                .with(
                        "failure_message",
                        charge.failure() == null ? null : charge.failure().message())
                .with("fraud_details", new JsonObject())
                .with("livemode", false)
                .with("metadata", terms.metadata())
                .withNulls("on_behalf_of", "order")
                .with("outcome", outcome(charge))
                .with("paid", captured)
                .with("payment_intent", terms.id())
                .with("payment_method", charge.method().id())
                .with("payment_method_details", ChargedMethodView.of(charge.method(), terms.amount()))
                .with("radar_options", new JsonObject())
                .with("receipt_email", terms.receiptEmail())
                .with("receipt_number", null)
                .with("receipt_url", captured ? "https://pay.stripe.com/receipts/payment/" + charge.id() : null)
                .with("refunded", captured && charge.refunded() == terms.amount())
                .withNulls("review", "shipping", "source", "source_transfer", "statement_descriptor")
                .with("statement_descriptor_suffix", terms.statementDescriptorSuffix())
                .with("status", charge.status().text())
                .withNulls("transfer_data", "transfer_group");
    }

    private static JsonObject outcome(Charge charge) {
        Decline failure = charge.failure();
        if (failure == null) {
            return new JsonObject()
                    .withNulls("advice_code", "network_advice_code", "network_decline_code")
                    .with("network_status", "approved_by_network")
                    .with("reason", null)
                    .with("risk_level", "normal")
                    .with("risk_score", 20)
                    .with("seller_message", "Payment complete.")
                    .with("type", "authorized");
        }
        boolean byBank = failure.outcomeReason() == null;
        return new JsonObject()
                .with("advice_code", failure.adviceCode())
                .with("network_advice_code", null)
                .with("network_decline_code", failure.networkDeclineCode())
                .with("network_status", byBank ? "declined_by_network" : "not_sent_to_network")
                .with("reason", reason(failure))
                .with("risk_level", "normal")
                .with("risk_score", 20)
                .with("seller_message", "The bank did not return any further details with this decline.")
                .with("type", byBank ? "issuer_declined" : "blocked");
    }

    private static String reason(Decline failure) {
        if (failure.outcomeReason() != null) {
            return failure.outcomeReason();
        }
        return failure.declineCode() == null ? failure.code() : failure.declineCode();
    }

    static JsonObject of(Refund refund) {
        Charge charge = refund.charge();
        JsonObject card = new JsonObject()
                .with("reference_status", "pending")
                .with("reference_type", "acquirer_reference_number")
                .with("type", "refund");
        JsonObject json = JsonObject.of(refund.id(), "refund")
                .with("amount", refund.amount())
                .with("balance_transaction", null)
                .with("charge", charge.id())
                .with("created", refund.created())
                .with("currency", charge.terms().currency())
                .with("customer", charge.terms().customer())
                .with("customer_account", null)
                .with("destination_details", new JsonObject().with("card", card).with("type", "card"))
                .with("metadata", refund.metadata())
                .with("payment_intent", charge.terms().id())
                .with("payment_method", charge.method().id())
                .with("reason", refund.reason())
                .withNulls("receipt_number", "source_transfer_reversal")
                .with("status", refund.status().text())
                .with("transfer_reversal", null);
        if (refund.status() == Refund.Status.PENDING) {
            json.put("pending_reason", refund.detail());
        } else if (refund.status() == Refund.Status.FAILED) {
            json.put("failure_balance_transaction", "txn_" + refund.id());
            json.put("failure_reason", refund.detail());
        }
        return json;
    }

    static JsonObject emptyRefunds(String charge) {
        return new JsonObject()
                .with("object", "list")
                .with("data", List.of())
                .with("has_more", false)
                .with("url", "/v1/charges/" + charge + "/refunds");
    }
}
