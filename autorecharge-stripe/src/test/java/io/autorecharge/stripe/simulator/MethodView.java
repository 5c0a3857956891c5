package io.autorecharge.stripe.simulator;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A payment method as JSON, with the fields of recorded responses. */
final class MethodView {

    private MethodView() {}

    static JsonObject of(PaymentMethod method) {
        // The bank is asked about the security code when the card is saved or charged.
        return of(method, method.customer() != null || method.spent());
    }

    /** As in the error of a payment with it. */
    static JsonObject tried(PaymentMethod method) {
        return of(method, true);
    }

    private static JsonObject of(PaymentMethod method, boolean checked) {
        return JsonObject.of(method.id(), "payment_method")
                .with("allow_redisplay", method.details().allowRedisplay())
                .with("billing_details", billingDetails(method))
                .with(method.type(), fields(method.instrument(), checked))
                .with("created", method.created())
                .with("customer", method.customer())
                .with("customer_account", null)
                .with("livemode", false)
                .with("metadata", method.details().metadata())
                .with("shared_payment_granted_token", null)
                .with("type", method.type());
    }

    static JsonObject billingDetails(PaymentMethod method) {
        return new JsonObject()
                .with(
                        "address",
                        new JsonObject().withNulls("city", "country", "line1", "line2", "postal_code", "state"))
                .with("email", method.details().email())
                .with("name", method.details().name())
                .withNulls("phone", "tax_id");
    }

    private static JsonObject fields(Instrument instrument, boolean checked) {
        if (instrument instanceof Instrument.Card card) {
            return card(card, checked);
        }
        if (instrument instanceof Instrument.UsBankAccount account) {
            return usBankAccount(account);
        }
        if (instrument instanceof Instrument.SepaDebit debit) {
            return sepaDebit(debit);
        }
        if (instrument instanceof Instrument.Link link) {
            return new JsonObject().with("email", link.email());
        }
        return instrument.type().equals("ideal")
                ? new JsonObject().with("bank", "abn_amro").with("bic", "ABNANL2A")
                : new JsonObject();
    }

    private static JsonObject card(Instrument.Card method, boolean checked) {
        TestCard card = method.card();
        return new JsonObject()
                .with("brand", card.brand())
                .with("checks", checks(checked))
                .with("country", card.country())
                .with("display_brand", card.brand())
                .with("exp_month", method.expiry().getMonthValue())
                .with("exp_year", method.expiry().getYear())
                .with("fingerprint", method.fingerprint())
                .with("funding", card.funding())
                .with("generated_from", null)
                .with("last4", card.last4())
                .with(
                        "networks",
                        new JsonObject()
                                .with("available", List.of(card.brand()))
                                .with("preferred", null))
                .with("regulated_status", "unregulated")
                .with("three_d_secure_usage", new JsonObject().with("supported", true))
                .with("wallet", wallet(method));
    }

    static @Nullable JsonObject wallet(Instrument.Card method) {
        Instrument.Wallet wallet = method.wallet();
        return wallet == null
                ? null
                : new JsonObject()
                        .with(wallet.type(), new JsonObject())
                        .with("dynamic_last4", null)
                        .with("type", wallet.type());
    }

    static JsonObject checks(boolean checked) {
        return new JsonObject()
                .withNulls("address_line1_check", "address_postal_code_check")
                .with("cvc_check", checked ? "pass" : "unchecked");
    }

    private static JsonObject usBankAccount(Instrument.UsBankAccount account) {
        return new JsonObject()
                .with("account_holder_type", "individual")
                .with("account_type", "checking")
                .with("bank_name", "STRIPE TEST BANK")
                .with("financial_connections_account", null)
                .with("fingerprint", account.fingerprint())
                .with("last4", lastFour(account.accountNumber()))
                .with("networks", new JsonObject().with("preferred", "ach").with("supported", List.of("ach")))
                .with("routing_number", account.routingNumber())
                .with("status_details", statusDetails(account.block()));
    }

    private static JsonObject statusDetails(Instrument.@Nullable Block block) {
        return block == null
                ? new JsonObject()
                : new JsonObject()
                        .with(
                                "blocked",
                                new JsonObject()
                                        .with("network_code", block.networkCode())
                                        .with("reason", block.reason()));
    }

    private static JsonObject sepaDebit(Instrument.SepaDebit debit) {
        return sepaNumber(debit)
                .with(
                        "generated_from",
                        new JsonObject().with("charge", null).with("setup_attempt", debit.setupAttempt()));
    }

    static JsonObject sepaNumber(Instrument.SepaDebit debit) {
        return new JsonObject()
                .with("bank_code", debit.iban().substring(4, 12))
                .with("branch_code", "")
                .with("country", debit.iban().substring(0, 2))
                .with("fingerprint", debit.fingerprint())
                .with("last4", lastFour(debit.iban()));
    }

    static String lastFour(String number) {
        return number.substring(number.length() - 4);
    }
}
