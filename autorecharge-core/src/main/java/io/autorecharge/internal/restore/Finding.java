package io.autorecharge.internal.restore;

import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import org.jspecify.annotations.Nullable;

/** The result for one payment of the provider's payment history. */
record Finding(Kind kind, @Nullable Concern concern) {
    static final Finding KNOWN = new Finding(Kind.KNOWN, null);
    static final Finding GRANTED = new Finding(Kind.GRANTED, null);
    static final Finding OPEN = new Finding(Kind.OPEN, null);
    static final Finding UNPAID = new Finding(Kind.UNPAID, null);

    /** See {@link Reconciliation}. */
    enum Kind {
        KNOWN,
        GRANTED,
        OPEN,
        UNPAID,
        CONCERN
    }

    static Finding concern(PaymentHistory.Charge charge, Reason reason, String detail) {
        String what = "attempt=" + charge.attempt() + " amount=" + charge.amount() + ": " + detail;
        return new Finding(Kind.CONCERN, new Concern(reason, charge.account(), charge.providerReference(), what));
    }

    static Finding concern(PaymentHistory.Session page, Reason reason, String detail) {
        String what = "checkout=" + page.checkout() + " amount=" + page.price() + ": " + detail;
        return new Finding(Kind.CONCERN, new Concern(reason, page.account(), page.sessionId(), what));
    }
}
