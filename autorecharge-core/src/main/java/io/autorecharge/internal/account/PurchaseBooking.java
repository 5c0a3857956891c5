package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.OwedEntries.Bought;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Grants what a captured payment bought, or records that it is owed when the database has refused the entries. */
public final class PurchaseBooking {
    private static final Logger log = LoggerFactory.getLogger(PurchaseBooking.class);

    private PurchaseBooking() {}

    /** @return false when it was granted before, as far as this step knows */
    public static boolean grant(Step step, String payment, Money captured, Bought bought) {
        String refusal = step.refusal();
        if (refusal == null) {
            boolean posted = step.tx().post(LedgerPostings.of(payment, bought), step.now());
            Graces.paid(step);
            return posted;
        }
        OwedEntries owed = OwedEntries.ofPurchase(
                payment, captured, bought, step.now(), step.now().plus(RetryDelays.ofOwedEntries(1)), refusal);
        step.tx().save(owed);
        refused(step, owed, refusal);
        return true;
    }

    /** Why the grant of a payment is owed; null when it is not. */
    public static @Nullable String refusal(Step step, String payment) {
        return step.tx().owed().stream()
                .filter(it -> it.providerReference().equals(payment) && it.bought() != null)
                .map(it -> String.valueOf(it.problem()))
                .findFirst()
                .orElse(null);
    }

    /** Tells operators, once for as long as the entries are owed. */
    static void refused(Step step, OwedEntries owed, String why) {
        publish(step, owed, "", why);
        log.error(
                "account={} charge={}: the database refused the ledger entries, they are tried again at {}; the account is not charged: {}",
                step.account().id(),
                owed.providerReference(),
                owed.nextAt(),
                why);
    }

    /** Tells operators that a part of a removal is given up. */
    static void writtenOff(Step step, OwedEntries owed, Credits credits, Credits bonus) {
        publish(step, owed, "/written-off", "WRITTEN_OFF");
        log.error(
                "account={} charge={}: {} credits and {} bonus are written off, because the balance must not become negative",
                step.account().id(),
                owed.providerReference(),
                credits,
                bonus);
    }

    private static void publish(Step step, OwedEntries owed, String suffix, String why) {
        String key = owed.providerReference() + "/" + owed.since().toEpochMilli() + suffix;
        step.publish(of(EventType.ENTRIES_REFUSED, step.account().id(), key, step.now())
                .about(owed.providerReference())
                .because(why)
                .until(owed.nextAt()));
    }
}
