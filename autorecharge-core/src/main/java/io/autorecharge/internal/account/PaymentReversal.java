package io.autorecharge.internal.account;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.store.Posting;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What the refunds and disputes of one payment amount to. */
public final class PaymentReversal {
    private PaymentReversal() {}

    /** The money that is gone now, in minor units; a payment that was refunded and is disputed too is counted once. */
    public static long gone(List<Reversal> reversals, Money captured) {
        long net = reversals.stream()
                .mapToLong(it -> it.taken().minorUnits() - it.returned().minorUnits())
                .sum();
        return Math.min(net, captured.minorUnits());
    }

    /** The share of granted credits that belongs to the money that is gone, rounded down in the customer's favour. */
    static Credits share(Credits granted, long gone, Money captured, Credits smallest) {
        return granted.part(gone, captured.minorUnits()).roundedDownTo(smallest);
    }

    /**
     * The reference of the next entry. Every report that changes something increases one of the sums, so each state of the money has its
     * own reference; what is posted later for the same state gets a number.
     */
    static String reference(String purchase, List<Reversal> reversals, List<Posting> posted) {
        long taken = reversals.stream().mapToLong(it -> it.taken().minorUnits()).sum();
        long returned =
                reversals.stream().mapToLong(it -> it.returned().minorUnits()).sum();
        String state = Reference.reversal(purchase, taken, returned);
        Set<String> used = new HashSet<>();
        posted.forEach(it -> used.add(it.reference()));
        String reference = state;
        for (int number = 2; used.contains(reference) || used.contains(Reference.bonus(reference)); number++) {
            reference = Reference.reversal(state, number);
        }
        return reference;
    }
}
