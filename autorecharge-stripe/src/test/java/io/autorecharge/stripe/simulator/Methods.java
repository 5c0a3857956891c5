package io.autorecharge.stripe.simulator;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Creates payment methods, and checks whether they may be used. */
final class Methods {

    private final Store store;
    private final SimulatorClock clock;

    Methods(Store store, SimulatorClock clock) {
        this.store = store;
        this.clock = clock;
    }

    /** A new, unattached payment method. It expires in a year unless another date is given. */
    PaymentMethod add(
            @Nullable TestCard card, @Nullable Integer month, @Nullable Integer year, @Nullable String email) {
        LocalDate today = LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC);
        PaymentMethod method = new PaymentMethod(
                Ids.next("pm_"),
                clock.seconds(),
                card,
                month == null ? today.getMonthValue() : month,
                year == null ? today.getYear() + 1 : year,
                email,
                null,
                Map.of(),
                null,
                card == TestCard.ALREADY_SET_UP,
                false);
        store.methods.add(method.id(), method, null);
        return method;
    }

    /** The method with this id. The ids of test cards, such as {@code pm_card_visa}, create a new method. */
    PaymentMethod resolve(String id, String param) {
        if (id.equals(PaymentMethod.BANK_DEBIT)) {
            return add(null, null, null, null);
        }
        TestCard card = id.startsWith("pm_card_") ? TestCard.find(id).orElse(null) : null;
        return card != null
                ? add(card, null, null, null)
                : store.methods.find(id).orElseThrow(() -> ApiError.noSuch("PaymentMethod", param, id));
    }

    /** The method if this customer may pay with it, otherwise an error. */
    PaymentMethod usable(String id, @Nullable String customer) {
        PaymentMethod method = resolve(id, "payment_method");
        if (method.spent()) {
            throw spent();
        }
        if (method.customer() != null && customer == null) {
            throw ApiError.parameter(
                    "payment_method",
                    null,
                    "The payment method you provided (" + id + ") belongs to a customer. Pass that customer too.");
        }
        if (method.customer() != null && !method.customer().equals(customer)) {
            throw ApiError.parameter(
                    "payment_method",
                    "resource_missing",
                    "The customer does not have a payment method with the ID " + id
                            + ". The payment method must be attached to the customer.");
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
