package io.autorecharge.credit;

/**
 * The references of ledger entries: the rule for those of the host, and the library's for credits that a charge paid for.
 */
public final class Reference {
    /** The prefix of the library's own references. A host's reference may not begin with it, or it could pass for a purchase. */
    public static final String OWN = "autorecharge/";

    private Reference() {}

    /** The reference of the paid credits of a charge: one charge, one entry, however it is reported. */
    public static String purchase(String providerReference) {
        return OWN + Text.require("providerReference", providerReference);
    }

    /** The reference of the bonus that belongs to a purchase. */
    public static String bonus(String purchaseReference) {
        return purchaseReference + "/bonus";
    }

    /**
     * The reference of the entry that removes or returns credits after reversals of a purchase: one entry for each state of its money.
     *
     * @param taken all money that ever went back to the customer, in minor units
     * @param returned how much of it ever came back
     */
    public static String reversal(String purchaseReference, long taken, long returned) {
        return purchaseReference + "/reversal/" + taken + "-" + returned;
    }

    /**
     * The reference of a further entry for the same state of the money.
     *
     * @param state the reference of the first one
     * @param number 2, 3 …
     */
    public static String reversal(String state, int number) {
        return state + "/" + number;
    }

    /** @throws InvalidValueException when it cannot be stored, or is one of the library's own */
    static void requireOfHost(String reference) {
        Text.require("reference", reference);
        if (reference.startsWith(OWN)) {
            throw new InvalidValueException("reference", reference, "must not begin with " + OWN);
        }
    }
}
