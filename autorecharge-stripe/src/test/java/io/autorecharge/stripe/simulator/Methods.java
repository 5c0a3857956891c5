package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.PaymentMethod.Details;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Creates payment methods, and checks whether they may be used. */
final class Methods {

    private final Store store;
    private final SimulatorClock clock;

    Methods(Store store, SimulatorClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new, unattached payment method. */
    PaymentMethod add(Instrument instrument, Details details) {
        boolean setUp = instrument instanceof Instrument.Card card && card.card() == TestCard.ALREADY_SET_UP;
        PaymentMethod method = new PaymentMethod(
                Ids.next("pm_"), clock.seconds(), withBlock(instrument), details, null, null, setUp, false);
        store.methods.add(method.id(), method, null);
        return method;
    }

    /** A new, unattached card. It expires in a year. */
    PaymentMethod add(TestCard card) {
        return add(card(card, null), Details.of(null));
    }

    /** A card as it was entered. It must not have expired; only {@link Cards} make one that has. */
    Instrument.Card entered(CardEntry entry) {
        return card(entry.accepted(), entry.notExpired(clock.instant()).expiry());
    }

    /** A card that expires in a year unless another month is given. */
    Instrument.Card card(TestCard card, @Nullable YearMonth expiry) {
        YearMonth month = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        return new Instrument.Card(card, expiry == null ? month.plusYears(1) : expiry, null);
    }

    /** A blocked account stays blocked, also when it is entered again. */
    private Instrument withBlock(Instrument instrument) {
        return instrument instanceof Instrument.UsBankAccount account
                ? account.blocked(store.blocks.get(account.fingerprint()))
                : instrument;
    }

    /** The method with this id. The ids of test cards, such as {@code pm_card_visa}, create a new method. */
    PaymentMethod resolve(String id, String param) {
        if (id.equals(PaymentMethod.BANK_DEBIT)) {
            return add(Instrument.UsBankAccount.test(), Details.of(null));
        }
        if (id.equals(PaymentMethod.SEPA_DEBIT)) {
            return add(new Instrument.SepaDebit(Instrument.SepaDebit.TEST_IBAN, null), Details.of(null));
        }
        TestCard card = id.startsWith("pm_card_") ? TestCard.find(id).orElse(null) : null;
        return card != null
                ? add(card)
                : store.methods.find(id).orElseThrow(() -> ApiError.noSuch("PaymentMethod", param, id));
    }

    /** The method if this customer may pay with it, otherwise an error. */
    PaymentMethod usable(String id, @Nullable String customer) {
        PaymentMethod method = resolve(id, "payment_method");
        if (method.spent()) {
            throw spent();
        }
        if (method.customer() != null && customer == null) {
            // The name of the parameter is Stripe's, although no parameter has it.
            throw ApiError.parameter(
                    "source",
                    "parameter_missing",
                    "The `payment_method` parameter supplied " + id + " belongs to the Customer " + method.customer()
                            + ". Please include the Customer in the `customer` parameter on the PaymentIntent.");
        }
        if (method.customer() != null && !method.customer().equals(customer)) {
            throw ApiError.parameter(
                    "payment_method",
                    null,
                    "The PaymentMethod " + id + " does not belong to the Customer you supplied " + customer
                            + ". Please use this PaymentMethod with the Customer that it belongs to instead.");
        }
        return method;
    }

    static ApiError spent() {
        return ApiError.badRequest(
                "The provided PaymentMethod was previously used with a PaymentIntent without Customer"
                        + " attachment, shared with a connected account without Customer attachment, or was detached from a Customer."
                        + " It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.");
    }
}
