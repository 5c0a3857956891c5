package io.autorecharge.stripe.simulator;

import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.function.UnaryOperator;

/**
 * Lets saved cards expire, and updates them as card networks do: in place, under the same id. An expired card is declined with {@code
 * expired_card}, until it is updated; banks are free to approve it, so a test that wants that leaves the expiry alone.
 */
public final class Cards {

    private static final String UPDATED = "payment_method.automatically_updated";

    private final Store store;
    private final Methods methods;
    private final MethodChanges changes;
    private final SimulatorClock clock;

    Cards(Store store, Methods methods, MethodChanges changes, SimulatorClock clock) {
        this.store = store;
        this.methods = methods;
        this.changes = changes;
        this.clock = clock;
    }

    /** The card's last month was the one before this, as if that time had passed. No event reports it. */
    public void expire(String paymentMethod) {
        YearMonth now = YearMonth.from(clock.instant().atZone(ZoneOffset.UTC));
        expiry(paymentMethod, now.minusMonths(1));
    }

    /** Sets the month at the end of which the card expires, without an event: as if the card had been saved with it. */
    public void expiry(String paymentMethod, YearMonth expiry) {
        store.methods.update(existing(paymentMethod), method -> method.with(card(method, expiry)));
    }

    /**
     * The network renews the card: it has the same number and a new expiry. The event is
     * {@code payment_method.automatically_updated}.
     */
    public void update(String paymentMethod, YearMonth expiry) {
        change(paymentMethod, method -> method.with(card(method, expiry)));
    }

    /**
     * The network replaces the card: it has another number, and with it another fingerprint, which is inferred. The event is
     * {@code payment_method.automatically_updated}.
     */
    public void replace(String paymentMethod, TestCard card, YearMonth expiry) {
        change(paymentMethod, method -> {
            Instrument.Wallet wallet = card(method, expiry).wallet();
            return method.with(new Instrument.Card(card, expiry, wallet));
        });
    }

    /**
     * Saves a card from a wallet on a device of the customer. Each device has its own number for the card, so the fingerprint differs from that
     * of the card and of other devices.
     *
     * @param wallet {@code apple_pay} or {@code google_pay}
     * @return the id of the payment method
     */
    public String saveFromWallet(String customer, TestCard card, String wallet) {
        if (!wallet.equals("apple_pay") && !wallet.equals("google_pay")) {
            throw new IllegalArgumentException("wallet must be apple_pay or google_pay: " + wallet);
        }
        YearMonth expiry =
                YearMonth.from(clock.instant().atZone(ZoneOffset.UTC)).plusYears(1);
        Instrument device = new Instrument.Card(card, expiry, new Instrument.Wallet(wallet, Ids.random(16)));
        PaymentMethod method = methods.add(device, PaymentMethod.Details.of(null));
        store.methods.update(method.id(), PaymentMethod::setUpForOffSession);
        return changes.attach(method, store.customers.get(customer).id(), Trace.NONE)
                .id();
    }

    private void change(String id, UnaryOperator<PaymentMethod> change) {
        changes.change(existing(id), UPDATED, Trace.NONE, change);
    }

    private String existing(String id) {
        return store.methods
                .find(id)
                .orElseThrow(() -> new IllegalArgumentException(
                        "paymentMethod must be the id of an existing payment method: " + id))
                .id();
    }

    private static Instrument.Card card(PaymentMethod method, YearMonth expiry) {
        if (method.instrument() instanceof Instrument.Card card) {
            return card.expiring(expiry);
        }
        throw new IllegalArgumentException("paymentMethod must be a card: " + method.id() + " is " + method.type());
    }
}
