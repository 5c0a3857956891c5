package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentMethod.Details;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a new and of an updated payment method. */
final class MethodParams {

    static final ParameterNames CREATE = ParameterNames.of(
                    "type",
                    "customer",
                    "card[number]",
                    "card[exp_month]",
                    "card[exp_year]",
                    "card[cvc]",
                    "card[token]",
                    "us_bank_account[account_number]",
                    "us_bank_account[routing_number]",
                    "us_bank_account[account_holder_type]",
                    "sepa_debit[iban]",
                    "billing_details[email]",
                    "billing_details[name]",
                    "allow_redisplay",
                    "metadata[*]")
            .expanding("payment_method");
    static final ParameterNames UPDATE = ParameterNames.of(
                    "card[exp_month]",
                    "card[exp_year]",
                    "billing_details[email]",
                    "billing_details[name]",
                    "allow_redisplay",
                    "metadata[*]")
            .expanding("payment_method");

    private final Methods methods;

    MethodParams(Methods methods) {
        this.methods = methods;
    }

    PaymentMethod create(Params params) {
        if (params.has("customer")) {
            throw ApiError.badRequest("You cannot attach a PaymentMethod to a Customer during PaymentMethod creation."
                    + " Please instead create the PaymentMethod and then attach it using the attachment method of"
                    + " the PaymentMethods API.");
        }
        return methods.add(instrument(params), details(params, Details.of(null)));
    }

    private Instrument instrument(Params params) {
        String type = params.require("type");
        return switch (type) {
            case "card" -> card(params);
            case "us_bank_account" ->
                new Instrument.UsBankAccount(
                        params.text("us_bank_account[account_number]", Instrument.UsBankAccount.TEST_NUMBER),
                        params.text("us_bank_account[routing_number]", Instrument.UsBankAccount.TEST_ROUTING),
                        null);
            case "sepa_debit" -> new Instrument.SepaDebit(iban(params.require("sepa_debit[iban]")), null);
            default ->
                throw ApiError.parameter(
                        "type", null, "Invalid type: card, us_bank_account or sepa_debit, not " + type);
        };
    }

    private Instrument card(Params params) {
        CardEntry entry = params.has("card[token]")
                ? CardEntry.ofToken(params.require("card[token]"))
                : CardEntry.of(
                        params.require("card[number]"),
                        params.require("card[exp_month]"),
                        params.require("card[exp_year]"),
                        params.text("card[cvc]", "123"));
        return methods.entered(entry);
    }

    private static String iban(String text) {
        String iban = text.replace(" ", "");
        if (!iban.matches("[A-Z]{2}\\d{2}[A-Z0-9]{11,30}")) {
            throw ApiError.parameter("sepa_debit[iban]", "invalid_bank_account_iban", "Invalid IBAN: " + text);
        }
        return iban;
    }

    /** With the parameters of an update; omitted ones stay. */
    PaymentMethod changed(PaymentMethod method, Params params) {
        PaymentMethod changed = method.with(details(params, method.details()));
        boolean expiry = params.has("card[exp_month]") || params.has("card[exp_year]");
        if (!expiry) {
            return changed;
        }
        if (!(method.instrument() instanceof Instrument.Card card)) {
            throw ApiError.parameter("card", null, "You can only update the card of a PaymentMethod of the type card.");
        }
        long month = params.integer("card[exp_month]", card.expiry().getMonthValue());
        long year = params.integer("card[exp_year]", card.expiry().getYear());
        CardEntry entry = CardEntry.of(card.card().number(), String.valueOf(month), String.valueOf(year), "123");
        return changed.with(card.expiring(methods.entered(entry).expiry()));
    }

    private static Details details(Params params, Details before) {
        String display = params.oneOf("allow_redisplay", "always", "limited", "unspecified");
        Map<String, String> metadata = new HashMap<>(before.metadata());
        metadata.putAll(params.metadata("metadata"));
        return new Details(
                otherwise(params.text("billing_details[email]"), before.email()),
                otherwise(params.text("billing_details[name]"), before.name()),
                display == null ? before.allowRedisplay() : display,
                Map.copyOf(metadata));
    }

    private static @Nullable String otherwise(@Nullable String sent, @Nullable String before) {
        return sent == null ? before : sent;
    }
}
