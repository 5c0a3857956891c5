package io.autorecharge.jdbc;

import java.util.Map;
import java.util.TreeMap;

/** Changes of a database that no rule can find, with the reason. */
final class UnseenChanges {
    private static final String HISTORY =
            "It is kept for people and listeners. Nothing that is still to come is decided by it.";
    private static final String REPEATED = "A report that is settled again changes nothing.";
    private static final String NOTHING_GONE =
            "A refund that failed and returned its money changes nothing, and reports bring it back.";
    private static final String INSTALLATION =
            "It is the only record of who this installation is at the provider. Older attempts may have another id, from before a copy.";
    private static final String ONLY_RECORD =
            "It is the only record of what the user, the provider or an operator said. No other row repeats it.";

    static final Map<String, String> REASONS = new TreeMap<>();

    static {
        unseen(
                HISTORY,
                "auto_recharge_attempts.closed_at",
                "auto_recharge_attempts.detail",
                "auto_recharge_attempts.looks",
                "auto_recharge_attempts.refusals",
                "auto_recharge_attempts.sends",
                "auto_recharge_checkouts.looks",
                "auto_recharge_outbox deleted",
                "auto_recharge_outbox.account_id",
                "auto_recharge_outbox.amount_currency",
                "auto_recharge_outbox.amount_minor",
                "auto_recharge_outbox.balance",
                "auto_recharge_outbox.bonus",
                "auto_recharge_outbox.credits",
                "auto_recharge_outbox.delivered_at",
                "auto_recharge_outbox.event_id",
                "auto_recharge_outbox.reason",
                "auto_recharge_outbox.subject",
                "auto_recharge_outbox.type",
                "auto_recharge_outbox.until_at",
                "auto_recharge_recharges.balance",
                "auto_recharge_recharges.closed_at",
                "auto_recharge_recharges.package_credits",
                "auto_recharge_recharges.triggered_by",
                "auto_recharge_state.method_brand",
                "auto_recharge_state.method_last4",
                "credit_accounts.created_at",
                "credit_accounts.ledger_seq",
                "credit_transactions.description");
        unseen(
                REPEATED,
                "auto_recharge_webhook_events deleted",
                "auto_recharge_webhook_events.event_id",
                "auto_recharge_webhook_events.handled_at",
                "auto_recharge_webhook_events.type");
        unseen(
                NOTHING_GONE,
                "auto_recharge_reversals deleted",
                "auto_recharge_reversals.id",
                "auto_recharge_reversals.kind",
                "auto_recharge_reversals.provider_reference");
        unseen(
                INSTALLATION,
                "auto_recharge_installation deleted",
                "auto_recharge_installation.created_at",
                "auto_recharge_installation.id",
                "auto_recharge_installation.singleton",
                "auto_recharge_state.stamped_customer");
        unseen(
                ONLY_RECORD,
                "auto_recharge_attempts.in_doubt",
                "auto_recharge_attempts.look_at",
                "auto_recharge_card_attempts deleted",
                "auto_recharge_card_attempts.account_id",
                "auto_recharge_card_attempts.attempt_id",
                "auto_recharge_card_attempts.fingerprint",
                "auto_recharge_card_attempts.opened_at",
                "auto_recharge_cards deleted",
                "auto_recharge_cards.fingerprint",
                "auto_recharge_cards.stop_reason",
                "auto_recharge_cards.stopped_at",
                "auto_recharge_checkouts.enables",
                "auto_recharge_checkouts.look_at",
                "auto_recharge_checkouts.session_id",
                "auto_recharge_pause deleted",
                "auto_recharge_pause.singleton",
                "auto_recharge_state.consent_at",
                "auto_recharge_state.consent_max_currency",
                "auto_recharge_state.consent_max_minor",
                "auto_recharge_state.consent_source",
                "auto_recharge_state.consent_version",
                "auto_recharge_state.declines",
                "auto_recharge_state.due_at",
                "auto_recharge_state.method_fingerprint",
                "auto_recharge_state.retry_at",
                "auto_recharge_state.suspended_fingerprint",
                "auto_recharge_state.suspended_since",
                "credit_accounts.auto_recharge_credits",
                "credit_accounts.auto_recharge_enabled",
                "credit_accounts.auto_recharge_threshold",
                "credit_accounts.stripe_customer_id",
                "credit_accounts.stripe_payment_method_id",
                "credit_transactions.category",
                "credit_transactions.reference");
    }

    private UnseenChanges() {}

    private static void unseen(String reason, String... changes) {
        for (String change : changes) {
            REASONS.put(change, reason);
        }
    }
}
