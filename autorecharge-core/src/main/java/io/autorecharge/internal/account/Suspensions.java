package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.store.AccountTransaction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stops an account, and ends what stopped it. */
public final class Suspensions {
    private Suspensions() {}

    /** Stops the account, unless something stops it already that is harder to end. */
    public static void suspend(AccountTransaction tx, Suspension stop, String key, List<AutoRechargeEvent> events) {
        AccountState before = tx.account().state();
        Suspension stays = stop.unlessWeakerThan(before.suspension());
        tx.save(before.stopped(stays));
        if (stays.equals(stop)) {
            events.add(of(EventType.SUSPENDED, tx.account().id(), key, stop.since())
                    .because(stop.reason().name()));
        }
    }

    /** The card in use was charged: that ends what a card was to blame for, and nothing else. */
    public static void charged(AccountTransaction tx, Instant now, String key, List<AutoRechargeEvent> events) {
        AccountState before = tx.account().state();
        Suspension stop = before.suspension();
        if (stop == null || stop.reason().blamesMethod()) {
            resume(tx, 0, now, key, events);
        } else {
            tx.save(before.declined(0, null, stop));
        }
    }

    /**
     * The customer paid on a page and let the method be kept: that answers whatever stopped the account before. Money that went back after
     * the page was offered is not answered by it: the page may have been paid before that, and be reported late.
     */
    public static void paidInPerson(
            AccountTransaction tx, Instant offeredAt, Instant now, String key, List<AutoRechargeEvent> events) {
        Suspension stop = tx.account().state().suspension();
        if (stop != null && stop.since().isAfter(offeredAt)) {
            charged(tx, now, key, events);
        } else {
            resume(tx, 0, now, key, events);
        }
    }

    /**
     * A method was saved without a payment: that ends what another card was to blame for. The same card again ends nothing, nor does one
     * that may be the same; only what was gone at the provider is there again under its new id.
     */
    static void saved(
            AccountTransaction tx,
            @Nullable PaymentMethod before,
            PaymentMethod method,
            Instant now,
            String key,
            List<AutoRechargeEvent> events) {
        Suspension stop = tx.account().state().suspension();
        boolean ended = stop == null
                ? before != null && isAnother(method, before.fingerprint())
                : isAnother(method, stop.fingerprint())
                        || (stop.reason() == Suspension.Reason.METHOD_UNUSABLE && isNew(method, before));
        if (ended) {
            resume(tx, 0, now, key, events);
        }
    }

    private static boolean isAnother(PaymentMethod method, @Nullable String fingerprint) {
        return method.fingerprint() != null && fingerprint != null && !method.sameCardAs(fingerprint);
    }

    private static boolean isNew(PaymentMethod method, @Nullable PaymentMethod before) {
        return before == null || !before.id().equals(method.id());
    }

    /** Ends suspension and back-off; tells of it when there was a suspension. */
    static void resume(
            AccountTransaction tx, int declinesKept, Instant now, String key, List<AutoRechargeEvent> events) {
        AccountState before = tx.account().state();
        tx.save(before.resumed(declinesKept));
        Suspension stop = before.suspension();
        if (stop != null) {
            events.add(of(EventType.RESUMED, tx.account().id(), key, now)
                    .because(stop.reason().name()));
        }
    }
}
