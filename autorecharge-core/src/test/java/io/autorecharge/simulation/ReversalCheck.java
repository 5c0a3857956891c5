package io.autorecharge.simulation;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Reference;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Reversal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Recalculates what refunds and disputes remove: of credits and of the bonus, each the exact share of the money that was returned, rounded
 * down to a millionth; never more at any time, and published as an event. The returned money is at least what the library certainly received
 * in reports, and at most what the provider knows: a lost report is no violation.
 */
final class ReversalCheck {
    private final Map<String, LedgerEntry> byReference = new HashMap<>();
    private final List<LedgerEntry> oldestFirst = new ArrayList<>();
    private final Set<String> heard;
    private final List<String> found = new ArrayList<>();
    private final Set<String> explained = new HashSet<>();

    ReversalCheck(List<LedgerEntry> newestFirst, Set<String> heard) {
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            LedgerEntry entry = newestFirst.get(i);
            byReference.put(entry.reference(), entry);
            if (entry.type() == EntryType.REVERSAL) {
                oldestFirst.add(entry);
            }
        }
        this.heard = heard;
    }

    /** @param stored the refunds and disputes of the payment that the library knows */
    void check(MoneyBack.Payment payment, List<Reversal> stored) {
        Map<String, Reversal> known = new HashMap<>();
        stored.forEach(it -> known.put(it.id(), it));
        payment.reported().forEach((id, it) -> {
            if (!known.containsKey(id) || !covers(known.get(id), it)) {
                found.add(payment.reference + " had the report " + it + ", stored is " + known.get(id));
            }
        });
        known.forEach((id, it) -> {
            if (!payment.now().containsKey(id) || !covers(payment.now().get(id), it)) {
                found.add(payment.reference + " has " + it + " stored, which the provider does not know");
            }
        });
        long gone = stored.stream()
                .mapToLong(it -> it.taken().minorUnits() - it.returned().minorUnits())
                .sum();
        long captured = payment.captured.minorUnits();
        String purchase = Reference.purchase(payment.reference);
        share(purchase, purchase, Category.PAID, Math.min(gone, captured), captured);
        share(purchase, Reference.bonus(purchase), Category.PROMOTIONAL, Math.min(gone, captured), captured);
    }

    private static boolean covers(Reversal all, Reversal part) {
        return all.kind() == part.kind()
                && !all.taken().isLessThan(part.taken())
                && !all.returned().isLessThan(part.returned());
    }

    private void share(String purchase, String granted, Category category, long gone, long captured) {
        LedgerEntry entry = byReference.get(granted);
        Credits all = entry == null ? Credits.ZERO : entry.amount();
        Credits back = Credits.ZERO;
        for (LedgerEntry it : oldestFirst) {
            if (purchase.equals(it.linkedTo()) && it.category() == category) {
                explained.add(it.reference());
                back = back.minus(it.amount());
                if (back.isNegative() || all.isLessThan(back)) {
                    found.add("of " + all + " for " + granted + " " + back + " were removed by " + it);
                }
                published(it);
            }
        }
        long micros = BigInteger.valueOf(all.micros())
                .multiply(BigInteger.valueOf(gone))
                .divide(BigInteger.valueOf(captured))
                .longValueExact();
        if (back.micros() != micros) {
            found.add("of " + all + " for " + granted + " " + back + " are removed, and " + gone + " of " + captured
                    + " was returned");
        }
    }

    private void published(LedgerEntry entry) {
        String name = entry.reference().substring(Reference.OWN.length());
        String key = name.endsWith("/bonus") ? name.substring(0, name.length() - "/bonus".length()) : name;
        EventType type = entry.amount().isNegative() ? EventType.PAYMENT_REVERSED : EventType.REVERSAL_UNDONE;
        if (!heard.contains(type + ":" + key)) {
            found.add("no event " + type + " for " + entry);
        }
    }

    /** The entries that refunds and disputes explain. */
    Set<String> explained() {
        return explained;
    }

    List<String> found() {
        return found;
    }
}
