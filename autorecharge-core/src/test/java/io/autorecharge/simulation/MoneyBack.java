package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The provider's record of refunds and disputes, and of those that the library certainly received. */
final class MoneyBack {
    private final Map<String, Payment> payments = new LinkedHashMap<>();
    private int numbers;

    /** A captured payment that was, or may be, refunded or disputed. */
    static final class Payment {
        final AccountId account;
        final String reference;
        final Money captured;
        private final Map<String, Reversal> now = new LinkedHashMap<>();
        private final Map<String, Reversal> reported = new LinkedHashMap<>();

        private Payment(AccountId account, String reference, Money captured) {
            this.account = account;
            this.reference = reference;
            this.captured = captured;
        }

        /** The current state at the provider. */
        PaymentReversals report() {
            return new PaymentReversals(reference, "cus_" + account, captured, List.copyOf(now.values()));
        }

        Map<String, Reversal> now() {
            return now;
        }

        /** The greatest sums in reports that were accepted. */
        Map<String, Reversal> reported() {
            return reported;
        }
    }

    Payment of(AccountId account, String reference, Money captured) {
        return payments.computeIfAbsent(reference, id -> new Payment(account, reference, captured));
    }

    /** All refunded or disputed payments. */
    List<Payment> all() {
        return List.copyOf(payments.values());
    }

    /** Refunds a payment; the sum of its refunds is at most the captured amount, as at a real provider. */
    String refund(Payment payment, long minorUnits) {
        long left = payment.captured.minorUnits()
                - payment.now.values().stream()
                        .filter(it -> it.kind() == Reversal.Kind.REFUND)
                        .mapToLong(it -> it.taken().minorUnits() - it.returned().minorUnits())
                        .sum();
        return add(payment, Reversal.Kind.REFUND, Math.min(left, minorUnits));
    }

    /** The customer's bank opens an inquiry or a dispute: no money has moved yet. */
    String dispute(Payment payment) {
        return add(payment, Reversal.Kind.DISPUTE, 0);
    }

    private String add(Payment payment, Reversal.Kind kind, long taken) {
        String id = (kind == Reversal.Kind.REFUND ? "re_" : "dp_") + ++numbers;
        payment.now.put(id, new Reversal(id, kind, money(payment, taken), money(payment, 0)));
        return id;
    }

    /** The bank withdraws the whole amount of a dispute, whatever was refunded before. */
    void withdrawn(Payment payment, String id) {
        payment.now.computeIfPresent(id, (key, it) -> new Reversal(id, it.kind(), payment.captured, it.returned()));
    }

    /** The refund failed, or the dispute was won: the money returns. */
    void returned(Payment payment, String id) {
        payment.now.computeIfPresent(id, (key, it) -> new Reversal(id, it.kind(), it.taken(), it.taken()));
    }

    /** This report was accepted: from here on the library must know it. */
    void accepted(PaymentReversals report) {
        Payment payment = payments.get(report.providerReference());
        if (payment != null) {
            report.reversals().forEach(it -> payment.reported.merge(it.id(), it, Reversal::and));
        }
    }

    private static Money money(Payment payment, long minorUnits) {
        return new Money(minorUnits, payment.captured.currency());
    }

    /** How many refunds or disputes there are. */
    long count(Reversal.Kind kind) {
        List<Reversal> every = new ArrayList<>();
        payments.values().forEach(it -> every.addAll(it.now.values()));
        return every.stream().filter(it -> it.kind() == kind).count();
    }
}
