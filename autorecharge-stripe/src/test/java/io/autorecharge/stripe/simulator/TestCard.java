package io.autorecharge.stripe.simulator;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Stripe's test cards (https://docs.stripe.com/testing), and what each does when it is saved, when the cardholder pays with it, and when it is
 * charged off-session.
 */
public enum TestCard {
    /** Pays, at checkout and off-session. */
    VISA("4242424242424242", "pm_card_visa", "Pays, and pays again off-session"),
    /** Pays; a Visa debit card. */
    VISA_DEBIT("4000056655665556", "pm_card_visa_debit", "Visa debit: pays"),
    /** Pays; a Mastercard. */
    MASTERCARD("5555555555554444", "pm_card_mastercard", "Mastercard: pays"),
    /** Pays; an American Express card, with a security code of four digits. */
    AMEX("378282246310005", "pm_card_amex", "American Express: pays"),
    /** Pays; a Discover card. */
    DISCOVER("6011111111111117", "pm_card_discover", "Discover: pays"),

    /**
     * Pays once at checkout and is saved. Every charge of the customer that it is attached to is declined. Stripe documents: "attaching this card
     * to a Customer object succeeds, but attempts to charge the customer fail". It does not document whether the first payment at checkout
     * succeeds.
     */
    DECLINE_AFTER_ATTACHING(
            "4000000000000341",
            "pm_card_chargeCustomerFail",
            "Pays at checkout and is saved, then declined off-session",
            Saving.ALLOWED,
            Authentication.NEVER,
            Charging.DECLINED_ONCE_ATTACHED,
            "generic_decline"),

    /** Is declined with {@code generic_decline}, also when it is saved. */
    DECLINED("4000000000000002", "pm_card_visa_chargeDeclined", "Declined", "generic_decline"),
    /** Is declined with {@code insufficient_funds}. */
    INSUFFICIENT_FUNDS(
            "4000000000009995",
            "pm_card_visa_chargeDeclinedInsufficientFunds",
            "Declined: insufficient funds",
            "insufficient_funds"),
    /** Is declined with {@code lost_card}. */
    LOST_CARD("4000000000009987", "pm_card_visa_chargeDeclinedLostCard", "Declined: lost card", "lost_card"),
    /** Is declined with {@code stolen_card}. */
    STOLEN_CARD("4000000000009979", "pm_card_visa_chargeDeclinedStolenCard", "Declined: stolen card", "stolen_card"),
    /** Is declined as expired. */
    EXPIRED_CARD("4000000000000069", "pm_card_chargeDeclinedExpiredCard", "Declined: expired", "expired_card"),
    /** Is declined because of its security code. */
    INCORRECT_CVC("4000000000000127", "pm_card_chargeDeclinedIncorrectCvc", "Declined: wrong CVC", "incorrect_cvc"),
    /** Is declined because of a processing error. */
    PROCESSING_ERROR(
            "4000000000000119",
            "pm_card_chargeDeclinedProcessingError",
            "Declined: processing error",
            "processing_error"),
    /** Is declined with {@code card_velocity_exceeded}. */
    VELOCITY_EXCEEDED(
            "4000000000006975",
            "pm_card_visa_chargeDeclinedVelocityLimitExceeded",
            "Declined: limit exceeded",
            "card_velocity_exceeded"),

    /** Requires authentication when it is saved, and pays off-session afterwards. */
    AUTHENTICATE_ON_SETUP(
            "4000002500003155",
            "pm_card_authenticationRequiredOnSetup",
            "Requires authentication once, then pays off-session",
            Saving.ALLOWED,
            Authentication.UNLESS_SET_UP,
            Charging.APPROVED,
            null),
    /** Requires authentication for every payment, so off-session charges fail. */
    AUTHENTICATE_ALWAYS(
            "4000002760003184",
            "pm_card_authenticationRequired",
            "Requires authentication each time, so fails off-session",
            Saving.ALLOWED,
            Authentication.ALWAYS,
            Charging.APPROVED,
            null),
    /** Requires authentication at checkout, but pays off-session without one. */
    ALREADY_SET_UP(
            "4000003800000446",
            "pm_card_authenticationRequiredSetupForOffSession",
            "Requires authentication at checkout, pays off-session",
            Saving.ALLOWED,
            Authentication.ON_SESSION_ONLY,
            Charging.APPROVED,
            null),
    /** Requires authentication at checkout, and is then declined with {@code insufficient_funds}. */
    AUTHENTICATE_THEN_INSUFFICIENT_FUNDS(
            "4000008260003178",
            "pm_card_authenticationRequiredChargeDeclinedInsufficientFunds",
            "Requires authentication, then declined: insufficient funds",
            Saving.ALLOWED,
            Authentication.ON_SESSION_ONLY,
            Charging.DECLINED,
            "insufficient_funds"),

    /** Pays, and the payment is disputed as fraudulent. */
    DISPUTED("4000000000000259", "pm_card_createDispute", "Pays, then disputed as fraudulent"),
    /** Pays, and the payment is disputed because nothing was received. */
    NOT_RECEIVED("4000000000002685", "pm_card_createDisputeProductNotReceived", "Pays, then disputed: not received"),
    /** Pays, and the bank opens an inquiry. */
    INQUIRED("4000000000001976", "pm_card_createDisputeInquiry", "Pays, then the bank opens an inquiry"),
    /** Pays, and the card network reports the payment as fraud. */
    WARNED("4000000000005423", "pm_card_createIssuerFraudRecord", "Pays, then reported as fraud"),
    /** Pays; a refund stays pending until {@link Refunds} decides it. */
    REFUND_PENDING("4000000000007726", "pm_card_pendingRefund", "Pays, its refund is pending"),
    /** Pays; a refund succeeds and can fail later, with {@link Refunds#fail}. */
    REFUND_FAILS("4000000000005126", "pm_card_refundFail", "Pays, its refund fails later");

    enum Saving {
        ALLOWED,
        DECLINED
    }

    enum Authentication {
        NEVER,
        UNLESS_SET_UP,
        ON_SESSION_ONLY,
        ALWAYS
    }

    enum Charging {
        APPROVED,
        DECLINED,
        DECLINED_ONCE_ATTACHED
    }

    private final String number;
    private final String paymentMethodId;
    private final String description;
    private final Saving saving;
    private final Authentication authentication;
    private final Charging charging;

    @SuppressWarnings("ImmutableEnumChecker") // a record of strings
    private final @Nullable Decline decline;

    TestCard(String number, String paymentMethodId, String description) {
        this(number, paymentMethodId, description, Saving.ALLOWED, Authentication.NEVER, Charging.APPROVED, null);
    }

    TestCard(String number, String paymentMethodId, String description, String decline) {
        this(number, paymentMethodId, description, Saving.DECLINED, Authentication.NEVER, Charging.DECLINED, decline);
    }

    TestCard(
            String number,
            String paymentMethodId,
            String description,
            Saving saving,
            Authentication authentication,
            Charging charging,
            @Nullable String decline) {
        this.number = number;
        this.paymentMethodId = paymentMethodId;
        this.description = description;
        this.saving = saving;
        this.authentication = authentication;
        this.charging = charging;
        this.decline = decline == null ? null : Decline.of(decline);
    }

    /** The card number, without spaces. */
    public String number() {
        return number;
    }

    /** The id of the card in test mode; attaching it creates a payment method with its own id. */
    public String paymentMethodId() {
        return paymentMethodId;
    }

    /** A short description of what the card does. */
    public String description() {
        return description;
    }

    /** The last four digits of the card number. */
    public String last4() {
        return number.substring(number.length() - 4);
    }

    /** Finds a card by its number, its {@code pm_card_…} id or its {@code tok_…} token. */
    static Optional<TestCard> find(String name) {
        String id = name.startsWith("tok_") ? "pm_card_" + name.substring(4) : name;
        if (id.equals("pm_card_chargeDeclined") || id.equals("pm_card_visa_chargeDeclined")) {
            return Optional.of(DECLINED);
        }
        return Arrays.stream(values())
                .filter(card -> card.number.equals(id)
                        || card.paymentMethodId.equals(id)
                        || card.shortId().equals(id))
                .findFirst();
    }

    static List<TestCard> all() {
        return List.of(values());
    }

    private String shortId() {
        return paymentMethodId.replace("pm_card_visa_charge", "pm_card_charge");
    }

    String brand() {
        return switch (this) {
            case MASTERCARD -> "mastercard";
            case AMEX -> "amex";
            case DISCOVER -> "discover";
            default -> "visa";
        };
    }

    String country() {
        return authentication == Authentication.NEVER ? "US" : "DE";
    }

    String funding() {
        return this == VISA_DEBIT ? "debit" : "credit";
    }

    /** The same for all payment methods with this number. */
    String fingerprint() {
        return "sim" + Long.toString(Long.parseLong(number), 36);
    }

    @Nullable
    Decline declineOfSaving() {
        return saving == Saving.DECLINED ? decline : null;
    }

    @Nullable
    Decline declineOfCharging(boolean attached) {
        boolean declined = charging == Charging.DECLINED || (charging == Charging.DECLINED_ONCE_ATTACHED && attached);
        return declined ? decline : null;
    }

    boolean asksHolder(boolean setUp) {
        return authentication == Authentication.UNLESS_SET_UP ? !setUp : authentication != Authentication.NEVER;
    }

    boolean refusesOffSession(boolean setUp) {
        return authentication == Authentication.ALWAYS || (authentication == Authentication.UNLESS_SET_UP && !setUp);
    }
}
