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
 * Counts again what refunds and disputes take back: of credits and of the bonus each the exact share of the money that is gone, rounded down
 * to a millionth; never more on the way, and told of. What is gone is what the library surely heard, at least, and what the provider knows,
 * at most: a report that got lost is nobody's fault.
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

    /** @param stored what the library knows of the payment's refunds and disputes */
    void check(MoneyBack.Payment payment, List<Reversal> stored) {
        Map<String, Reversal> known = new HashMap<>();
        stored.forEach(it -> known.put(it.id(), it));
        payment.told().forEach((id, it) -> {
            if (!known.containsKey(id) || !covers(known.get(id), it)) {
                found.add("of " + payment.reference + " was told " + it + ", known is " + known.get(id));
            }
        });
        known.forEach((id, it) -> {
            if (!payment.now().containsKey(id) || !covers(payment.now().get(id), it)) {
                found.add("of " + payment.reference + " known is " + it + ", which is not so");
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
                    found.add("of " + all + " for " + granted + " " + back + " were taken back with " + it);
                }
                told(it);
            }
        }
        long micros = BigInteger.valueOf(all.micros())
                .multiply(BigInteger.valueOf(gone))
                .divide(BigInteger.valueOf(captured))
                .longValueExact();
        if (back.micros() != micros) {
            found.add("of " + all + " for " + granted + " " + back + " are taken back, and " + gone + " of " + captured
                    + " are gone");
        }
    }

    private void told(LedgerEntry entry) {
        String name = entry.reference().substring(Reference.OWN.length());
        String key = name.endsWith("/bonus") ? name.substring(0, name.length() - "/bonus".length()) : name;
        EventType type = entry.amount().isNegative() ? EventType.PAYMENT_REVERSED : EventType.REVERSAL_UNDONE;
        if (!heard.contains(type + ":" + key)) {
            found.add("nobody was told " + type + " of " + entry);
        }
    }

    /** The entries that money which went back explains. */
    Set<String> explained() {
        return explained;
    }

    List<String> found() {
        return found;
    }
}
