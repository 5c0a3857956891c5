package io.autorecharge.internal.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.StoreException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries the owed entries of an account, each payment in a transaction of its own: one that is refused stops no other, and no suspension.
 */
final class OwedBooking {
    private static final Logger log = LoggerFactory.getLogger(OwedBooking.class);

    private final AccountTransactions transactions;
    private final PaymentBooking booking;

    OwedBooking(AccountTransactions transactions, PaymentBooking booking) {
        this.transactions = transactions;
        this.booking = booking;
    }

    /** Tries every payment that is due. A refusal is recorded and not thrown. */
    void book(AccountId account) {
        transactions.owed(account).forEach(it -> book(account, it.providerReference()));
    }

    private void book(AccountId account, String payment) {
        String refusal;
        try {
            transactions.inAccount(account, null, step -> {
                due(step, payment).ifPresent(it -> booking.book(step, it));
                return payment;
            });
            return;
        } catch (StoreException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            refusal = Refusals.describe(e);
        } catch (ArithmeticException e) {
            refusal = Refusals.describe(e);
        }
        refused(account, payment, refusal);
    }

    void refused(AccountId account, String payment, String why) {
        transactions.inState(account, step -> {
            due(step, payment).ifPresent(it -> {
                OwedEntries again = it.refused(why, step.now().plus(RetryDelays.ofOwedEntries(it.tries() + 1)));
                step.tx().save(again);
                if (it.problem() == null) {
                    PurchaseBooking.refused(step, again, why);
                } else {
                    log.warn(
                            "account={} charge={}: the owed entries were refused again, next try at {}: {}",
                            account,
                            payment,
                            again.nextAt(),
                            why);
                }
            });
            return payment;
        });
    }

    private static Optional<OwedEntries> due(Step step, String payment) {
        return step.tx().owed().stream()
                .filter(it -> it.providerReference().equals(payment) && isDue(step, it))
                .findFirst();
    }

    private static boolean isDue(Step step, OwedEntries owed) {
        return owed.nextAt() != null && !owed.nextAt().isAfter(step.now());
    }
}
