package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Posting;
import io.autorecharge.store.StoreException;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Posts what is owed of one payment: its grant, and the difference between what its reversals should have removed and what the posted
 * entries have removed. So it does not matter which report came when, or which of them was posted.
 */
final class PaymentBooking {
    private static final Logger log = LoggerFactory.getLogger(PaymentBooking.class);

    private final Credits smallest;
    private final NegativeBalance negative;

    PaymentBooking(Credits smallest, NegativeBalance negative) {
        this.smallest = smallest;
        this.negative = negative;
    }

    void book(Step step, OwedEntries owed) {
        String payment = owed.providerReference();
        if (owed.bought() != null) {
            step.tx().post(LedgerPostings.of(payment, owed.bought()), step.now());
            log.warn(
                    "account={} charge={}: {} credits and {} bonus that were owed are granted, balance {}",
                    step.account().id(),
                    payment,
                    owed.bought().credits(),
                    owed.bought().bonus(),
                    step.account().balance());
        }
        List<Reversal> reversals = step.tx().reversalsOf(payment);
        Optional<Posting> paid = step.tx().posted(Reference.purchase(payment));
        if (reversals.isEmpty() || paid.isEmpty()) {
            // A reversal of a payment that is not granted yet is posted together with its grant.
            step.tx().removeOwed(payment);
            return;
        }
        OwedEntries after = reverse(step, owed, reversals, paid.get().amount());
        if (after.isOver()) {
            step.tx().removeOwed(payment);
        } else {
            step.tx().save(after);
        }
    }

    private OwedEntries reverse(Step step, OwedEntries owed, List<Reversal> reversals, Credits granted) {
        String payment = owed.providerReference();
        String purchase = Reference.purchase(payment);
        Credits bonus =
                step.tx().posted(Reference.bonus(purchase)).map(Posting::amount).orElse(Credits.ZERO);
        Money captured = owed.captured();
        long gone = PaymentReversal.gone(reversals, captured);
        List<Posting> posted = step.tx().reversalsPosted(purchase);
        ReversalShare credits = share(granted, gone, captured, posted, Category.PAID, owed.writtenOff());
        ReversalShare promotional = share(bonus, gone, captured, posted, Category.PROMOTIONAL, owed.writtenOffBonus());

        Credits room = room(step);
        Credits removed = least(credits.missing(), room);
        Credits removedBonus = least(promotional.missing(), room.minus(removed));
        Credits change = credits.excess().minus(removed);
        Credits bonusChange = promotional.excess().minus(removedBonus);
        String reference = PaymentReversal.reference(purchase, reversals, posted);
        List<Posting> entries = LedgerPostings.ofReversal(purchase, reference, change, bonusChange);
        if (!entries.isEmpty()) {
            if (!step.tx().post(entries, step.now())) {
                throw StoreException.refused("the reference " + reference + " is used by another entry", null);
            }
            publish(step, owed, reference, change, bonusChange, gone);
        }
        Credits rest = credits.missing().minus(removed);
        Credits restBonus = promotional.missing().minus(removedBonus);
        OwedEntries after = owed.posted(gone, credits.stillWrittenOff(), promotional.stillWrittenOff());
        return rest.isZero() && restBonus.isZero() ? after : rest(step, owed, after, rest, restBonus);
    }

    private ReversalShare share(
            Credits granted, long gone, Money captured, List<Posting> posted, Category category, Credits writtenOff) {
        Credits removed = posted.stream()
                .filter(it -> it.category() == category)
                .map(Posting::amount)
                .reduce(Credits.ZERO, Credits::minus);
        return new ReversalShare(PaymentReversal.share(granted, gone, captured, smallest), removed, writtenOff);
    }

    /** How much may be removed. */
    private Credits room(Step step) {
        if (negative == NegativeBalance.POST) {
            return Credits.ofMicros(Long.MAX_VALUE);
        }
        Credits balance = step.account().balance();
        return balance.isNegative() ? Credits.ZERO : balance.roundedDownTo(smallest);
    }

    private static Credits least(Credits a, Credits b) {
        return a.isLessThan(b) ? a : b;
    }

    private OwedEntries rest(Step step, OwedEntries before, OwedEntries after, Credits rest, Credits restBonus) {
        if (negative == NegativeBalance.WRITE_OFF) {
            OwedEntries off = after.posted(
                    after.bookedMinor(),
                    after.writtenOff().plus(rest),
                    after.writtenOffBonus().plus(restBonus));
            PurchaseBooking.writtenOff(step, off, rest, restBonus);
            return off;
        }
        OwedEntries waiting = after.refused(
                OwedEntries.NEGATIVE_BALANCE, step.now().plus(RetryDelays.ofOwedEntries(before.tries() + 1)));
        if (before.problem() == null) {
            PurchaseBooking.refused(step, waiting, OwedEntries.NEGATIVE_BALANCE);
        }
        return waiting;
    }

    private static void publish(
            Step step, OwedEntries owed, String reference, Credits credits, Credits bonus, long gone) {
        boolean taken = credits.isNegative() || (credits.isZero() && bonus.isNegative());
        Money captured = owed.captured();
        EventType type = taken ? EventType.PAYMENT_REVERSED : EventType.REVERSAL_UNDONE;
        String key = reference.substring(Reference.OWN.length());
        step.publish(of(type, step.account().id(), key, step.now())
                .about(owed.providerReference())
                .bought(
                        taken ? credits.negated() : credits,
                        taken ? bonus.negated() : bonus,
                        new Money(Math.abs(gone - owed.bookedMinor()), captured.currency()),
                        step.account().balance())
                .because((owed.cause() == null ? Reversal.Kind.REFUND : owed.cause()).name()));
        log.warn(
                "account={} charge={}: {} credits and {} bonus, balance {}, since {} of {} went back",
                step.account().id(),
                owed.providerReference(),
                credits,
                bonus,
                step.account().balance(),
                new Money(gone, captured.currency()),
                captured);
    }
}
