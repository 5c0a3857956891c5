package io.autorecharge.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Changes of a database that no rule can find, with the reason. A change is a table and a column, of the rows in a state or of a type where that
 * matters, and to a value where that matters; or the deletion of a row.
 */
final class UnseenChanges {
    static final Map<String, String> REASONS = new TreeMap<>();

    static {
        texts();
        history();
        announcements();
        waits();
        settings();
        consents();
        terms();
        counts();
        usage();
        installation();
        ledger();
    }

    private static void texts() {
        unseen(
                "A text for people.",
                "auto_recharge_attempts.detail",
                "auto_recharge_owed_entries.problem",
                "auto_recharge_methods.brand",
                "auto_recharge_methods.last4",
                "auto_recharge_pause.actor to another value",
                "auto_recharge_pause.reason to another value",
                "auto_recharge_state.method_brand",
                "auto_recharge_state.method_last4",
                "credit_transactions.description");
    }

    private static void announcements() {
        unseen(
                "A charge that differs from it is announced anew, and the recharge repeats what it rests on.",
                "auto_recharge_state.announced_cards to another value",
                "auto_recharge_state.announced_credits to another value",
                "auto_recharge_state.announced_price_minor to another value");
    }

    private static void history() {
        unseen(
                "A time that is shown. What is decided by it depends on whether it is there, and that is checked.",
                "auto_recharge_pause.since to another value",
                "auto_recharge_state.consent_at to another value",
                "auto_recharge_state.enabling_bonus_at to another value",
                "auto_recharge_checkouts.consent_at to another value",
                "auto_recharge_owed_entries.since to another value",
                "auto_recharge_state.not_saved_since to null",
                "credit_accounts.created_at",
                "credit_transactions.created_at");
        unseen("The column is not used any more. The state has taken its place.", "credit_accounts.ledger_seq");
        unseen(
                "Events repeat what other rows decide, for listeners. The events that a rule rests on are checked by it.",
                "auto_recharge_outbox deleted",
                "auto_recharge_outbox.account_id",
                "auto_recharge_outbox.agreed_bonus",
                "auto_recharge_outbox.agreed_credits",
                "auto_recharge_outbox.agreed_currency",
                "auto_recharge_outbox.agreed_minor",
                "auto_recharge_outbox.amount_minor",
                "auto_recharge_outbox.balance",
                "auto_recharge_outbox.bonus",
                "auto_recharge_outbox.credits",
                "auto_recharge_outbox.event_id",
                "auto_recharge_outbox.happened_at",
                "auto_recharge_outbox.reason",
                "auto_recharge_outbox.subject",
                "auto_recharge_outbox.until_at");
        unseen(
                "An event that is not marked is delivered once more, under the same id. A mark on a later or earlier day deletes it then.",
                "auto_recharge_outbox.delivered_at");
        unseen(
                "A report that is settled again changes nothing.",
                "auto_recharge_webhook_events deleted",
                "auto_recharge_webhook_events.event_id",
                "auto_recharge_webhook_events.handled_at",
                "auto_recharge_webhook_events.type");
        unseen(
                "The charge of an attempt that took no money. A payment is granted under the reference that the provider reports.",
                "auto_recharge_attempts.provider_reference of DECLINED",
                "auto_recharge_attempts.provider_reference of ACTION_REQUIRED");
    }

    private static void waits() {
        unseen(
                "Only open attempts are looked up.",
                "auto_recharge_attempts.look_at of PAID",
                "auto_recharge_attempts.look_at of DECLINED",
                "auto_recharge_attempts.look_at of ACTION_REQUIRED");
        unseen(
                "An early look-up asks once more. An attempt that is late is reported two days after it was last sent.",
                "auto_recharge_attempts.look_at of OPEN to another value");
        unseen(
                "A look-up may come within three days. Before that, the provider's report settles the checkout.",
                "auto_recharge_checkouts.look_at of OPEN to another value");
        unseen(
                "It stretches the waits between look-ups, to six hours at most.",
                "auto_recharge_attempts.looks",
                "auto_recharge_checkouts.looks");
        unseen("It stretches the waits between the tries, to an hour at most.", "auto_recharge_owed_entries.tries");
        unseen(
                "An early check decides anew. SQL of the host may lower a balance without a due time, and the hourly sweep makes such accounts due, also"
                        + " those whose due time is more than an hour away. With open work, none and one in the far future are found.",
                "auto_recharge_state.due_at");
    }

    private static void settings() {
        unseen(
                "The documentation lets operators and hosts switch off. Nothing is charged then.",
                "credit_accounts.auto_recharge_enabled to false");
        unseen(
                "The account has not agreed to anything, as after it was switched off. Nothing is charged without an agreement.",
                "credit_accounts.auto_recharge_enabled to true");
        unseen(
                "Only the user knows it, and a node of the version before changes it without a trace. A package that is not sold is not charged, and"
                        + " no recharge costs more than the maximum of the agreement, which is checked.",
                "credit_accounts.auto_recharge_credits",
                "credit_accounts.auto_recharge_threshold");
        unseen(
                "An account that seems to have used nothing is not charged until the next debit, or until its user saves the settings. Its status says so.",
                "auto_recharge_state.idle_seq");
        unseen(
                "Only the user knows it. A limit in another currency than the packages' holds every charge, and the user's page shows it.",
                "auto_recharge_state.own_monthly_minor to another value",
                "auto_recharge_state.own_monthly_currency to another value");
        unseen(
                "Nothing was charged to it so far. The provider refuses a method of another customer, and the customer is checked.",
                "credit_accounts.stripe_payment_method_id to another value",
                "auto_recharge_state.method_fingerprint");
        unseen(
                "Before the first charge, the provider says whose customer it is: another installation's or account's is not charged.",
                "credit_accounts.stripe_customer_id to another value",
                "auto_recharge_state.stamped_customer to null");
        unseen(
                "It names the text or the way of the agreement, for a dispute. A node of the version before writes the text alone.",
                "auto_recharge_state.consent_version to another value",
                "auto_recharge_state.consent_source");
        unseen(
                "An account without any other row has agreed to nothing, and is not charged.",
                "auto_recharge_state deleted");
    }

    private static void consents() {
        unseen(
                "It names the text, who acted and how, for a dispute. What binds a charge is checked.",
                "auto_recharge_consents.version of REVOKED",
                "auto_recharge_consents.text_hash",
                "auto_recharge_consents.methods",
                "auto_recharge_consents.source to another value",
                "auto_recharge_consents.actor to another value",
                "auto_recharge_consents.given_at to another value");
        unseen(
                "The bounds that applied to an agreement, for a dispute. The charge is bound by those of today.",
                "auto_recharge_consents.threshold to another value",
                "auto_recharge_consents.purchases to another value",
                "auto_recharge_consents.purchase_window to another value",
                "auto_recharge_consents.month_minor",
                "auto_recharge_consents.month_currency");
        unseen(
                "Only agreements from before need them, and their record repeats them when they are used first.",
                "auto_recharge_first_prices deleted",
                "auto_recharge_first_prices.package_credits to another value",
                "auto_recharge_first_prices.package_bonus to another value",
                "auto_recharge_first_prices.price_minor to another value",
                "auto_recharge_first_prices.price_currency to another value",
                "auto_recharge_first_prices.recorded_at");
        unseen(
                "A recharge from before names none, and so does one that was restored.",
                "auto_recharge_recharges.consent_number to null");
        unseen(
                "A process of an older version changes an agreement and leaves these. Then they count as not recorded.",
                "auto_recharge_state.agreed_at",
                "auto_recharge_state.agreed_max_minor");
    }

    private static void terms() {
        unseen(
                "A purchase that is paid is reported by the provider with its amount, and a reconciliation restores it.",
                "auto_recharge_checkouts deleted of OPEN");
        unseen(
                "Saving settings does the same, at any time: the purchase is granted, and does not switch auto-recharge on.",
                "auto_recharge_checkouts.enables to false");
        unseen(
                "It bounds how many checkouts an account may open in an hour, and when one that the provider does not know is given up.",
                "auto_recharge_checkouts.created_at to another value");
    }

    private static void counts() {
        unseen(
                "One more decline suspends sooner. One less allows a try more after its back-off, which is checked, and the attempts of the card are"
                        + " counted apart.",
                "auto_recharge_state.declines to another value",
                "auto_recharge_methods.declines to another value");
        unseen(
                "One try of a method comes sooner or later; the attempts of its card are counted apart, and its stop is checked.",
                "auto_recharge_methods.retry_at to another value");
        unseen(
                "The account's row says which method is the primary one. A backup of another id was never charged: Stripe refuses what is not the"
                        + " customer's, before anything is charged.",
                "auto_recharge_methods.method_id");
        unseen(
                "An attempt in doubt is looked up before it is sent again, which is the safe side.",
                "auto_recharge_attempts.in_doubt of OPEN to true");
        unseen(
                "That the provider has refused the attempt is an event. One refusal more or less ends it sooner or later; nothing was charged.",
                "auto_recharge_attempts.refusals of OPEN");
        unseen(
                "Limits over all accounts end with their hour or day, an operator may lift them by deleting the rows, and an amount that is given"
                        + " back may be lost, so the sum is not that of the charges.",
                "auto_recharge_spending deleted",
                "auto_recharge_spending.amount_minor",
                "auto_recharge_spending.period_start to another value");
        unseen(
                "The amount that a refused debit asked for. It is forgotten within an hour, and the maximum of the agreement bounds the charge.",
                "auto_recharge_state.requested_credits",
                "auto_recharge_state.requested_until to another value");
    }

    private static void usage() {
        unseen(
                "It says how fast an account uses its credits. A wrong figure lets a recharge begin sooner or later, and the effective threshold stays"
                        + " within its bounds, which are checked.",
                "auto_recharge_state.credited",
                "auto_recharge_state.usage_per_hour to another value",
                "auto_recharge_state.usage_measured_at to another value",
                "auto_recharge_state.threshold_raise to another value",
                "auto_recharge_state.threshold_raise_max to another value",
                "auto_recharge_usage_marks deleted",
                "auto_recharge_usage_marks.balance",
                "auto_recharge_usage_marks.credited",
                "auto_recharge_usage_marks.marked_at to another value");
    }

    private static void installation() {
        unseen(
                "It is compared with the database and the key at every start. Where it differs, nothing is charged.",
                "auto_recharge_installation.database_identity",
                "auto_recharge_installation.key_mode to null");
        unseen(
                "A time that is shown, or that makes the comparison of the database stricter.",
                "auto_recharge_installation.bound_at to another value",
                "auto_recharge_installation.created_at to another value",
                "auto_recharge_installation.seen_at to another value");
    }

    private static void ledger() {
        unseen(
                "The host's own name of its debit or grant, which only the host knows.",
                "credit_transactions.reference of DEBIT to another value",
                "credit_transactions.reference of GRANT to another value");
        unseen(
                "The host's own word for its grant. The balance does not depend on it.",
                "credit_transactions.category of GRANT to another value");
    }

    /**
     * The entry of a change that may be missed.
     *
     * @param kind the row's state or type
     * @param value the new value: "null", "true", "false", or "another value"
     */
    static Optional<String> entryOf(String change, String kind, String value) {
        return Stream.of(
                        change,
                        change + " to " + value,
                        change + " of " + kind,
                        change + " of " + kind + " to " + value)
                .filter(REASONS::containsKey)
                .findFirst();
    }

    private UnseenChanges() {}

    private static void unseen(String reason, String... changes) {
        for (String change : changes) {
            if (REASONS.put(change, reason) != null) {
                throw new IllegalStateException(change + " is listed twice");
            }
        }
    }
}
