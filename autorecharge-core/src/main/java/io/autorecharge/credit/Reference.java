package io.autorecharge.credit;

/** The references of ledger entries: the host's own, and those of credits that a provider's charge paid for. */
public final class Reference {
    /** The library's own references begin so; a host's may not, or one of them could stand in for a purchase. */
    public static final String OWN = "autorecharge/";

    private Reference() {}

    /** The reference of the paid credits of a charge: one charge, one entry, whoever reports it. */
    public static String purchase(String providerReference) {
        return OWN + Text.require("provider reference", providerReference);
    }

    /** The reference of the bonus that belongs to a purchase. */
    public static String bonus(String purchaseReference) {
        return purchaseReference + "/bonus";
    }

    /**
     * The reference of credits that a purchase's reversals took back or gave again: one entry for each state of its money.
     *
     * @param taken all money that ever went back, in minor units
     * @param returned all of it that ever came again
     */
    public static String reversal(String purchaseReference, long taken, long returned) {
        return purchaseReference + "/reversal/" + taken + "-" + returned;
    }

    /** @throws IllegalArgumentException when it cannot be stored, or is one of the library's own */
    static void requireOfHost(String reference) {
        Text.require("reference", reference);
        if (reference.startsWith(OWN)) {
            throw new IllegalArgumentException(
                    "reference must not begin with '" + OWN + "': '" + Text.shown(reference) + "'");
        }
    }
}
