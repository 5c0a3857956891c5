package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.event.EventType;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Suspends accounts and ends suspensions. The {@code key} makes the id of each event unique. */
public final class Suspensions {
    private Suspensions() {}

    /** Suspends the account, unless a suspension that is harder to end stands already. */
    public static void suspend(Step step, Suspension stop, String key) {
        AccountState before = step.account().state();
        Suspension stays = stop.unlessWeakerThan(before.suspension());
        step.tx().save(before.stopped(stays));
        if (stays.equals(stop)) {
            step.publish(of(EventType.SUSPENDED, step.account().id(), key, stop.since())
                    .because(stop.reason().name()));
        }
    }

    /**
     * A method in use was charged: that ends its stop and its wait, and a suspension that a card caused, and no other.
     *
     * @param methodId the method that was charged
     */
    public static void charged(Step step, String methodId, String key) {
        release(step, methodId);
        AccountState before = step.account().state();
        Suspension stop = before.suspension();
        if (stop == null || stop.reason().blamesMethod()) {
            resume(step, 0, key);
        } else {
            step.tx().save(before.declined(0, null, stop));
        }
    }

    /**
     * The customer paid in a checkout and agreed to save the method: that ends every suspension from before the offer. It does not end the
     * suspension of a refund or dispute after the offer: the checkout may have been paid before it and reported late.
     */
    public static void paidInPerson(Step step, Instant offeredAt, String key) {
        Suspension stop = step.account().state().suspension();
        PaymentMethod method = step.account().method();
        if (method != null) {
            step.tx().releaseCard(method.card(), CardStop.Reason.HARD_DECLINE);
        }
        if (stop != null && stop.since().isAfter(offeredAt)) {
            charged(step, method == null ? "" : method.id(), key);
        } else {
            resume(step, 0, key);
        }
    }

    /** The issuer has approved the card after all. */
    private static void release(Step step, String methodId) {
        PaymentMethods methods = step.tx().methods();
        SavedMethod charged = methods.find(methodId).orElse(null);
        if (charged == null) {
            return;
        }
        if (charged.stop() != null && charged.stop().reason() == Suspension.Reason.HARD_DECLINE) {
            step.tx().releaseCard(charged.method().card(), CardStop.Reason.HARD_DECLINE);
        }
        if (step.account().state().backups() > 0) {
            step.tx().save(methods.with(charged.fresh()));
        }
    }

    /**
     * The customer authenticated and paid the recharge, but no method was saved: the card in use may be charged again. That ends no other
     * suspension.
     */
    public static void authenticated(Step step, Instant offeredAt, String key) {
        Suspension stop = step.account().state().suspension();
        if (stop != null
                && stop.reason() == Suspension.Reason.AUTHENTICATION_REQUIRED
                && !stop.since().isAfter(offeredAt)) {
            resume(step, 0, key);
        }
    }

    /**
     * A method was saved without a payment: another card ends the suspension that a card caused. Saving the same card, or one that may be
     * the same, ends nothing. Exception: after {@code METHOD_UNUSABLE}, the same card may be saved under a new id.
     */
    static void methodSaved(Step step, @Nullable PaymentMethod before, PaymentMethod method, String key) {
        if (endsBy(step.account().state(), before, method)) {
            resume(step, 0, key);
        }
    }

    /** Whether saving a method ends suspension and back-off. */
    static boolean endsBy(AccountState state, @Nullable PaymentMethod before, PaymentMethod method) {
        Suspension stop = state.suspension();
        return stop == null
                ? before != null && isAnother(method, before.fingerprint())
                : isAnother(method, stop.fingerprint())
                        || (stop.reason() == Suspension.Reason.METHOD_UNUSABLE && isNew(method, before))
                        || (stop.reason().blamesCustomer()
                                && method.customerId().equals(state.stampedCustomer()));
    }

    private static boolean isAnother(PaymentMethod method, @Nullable String fingerprint) {
        return method.fingerprint() != null && fingerprint != null && !method.sameCardAs(fingerprint);
    }

    private static boolean isNew(PaymentMethod method, @Nullable PaymentMethod before) {
        return before == null || !before.id().equals(method.id());
    }

    /** Ends suspension and back-off; publishes an event when there was a suspension. */
    static void resume(Step step, int declinesKept, String key) {
        AccountState before = step.account().state();
        step.tx().save(before.resumed(declinesKept));
        publishResumed(step, before.suspension(), () -> key);
    }

    /** Reports the end of a suspension that the step has lifted; nothing if there was none. */
    static void publishResumed(Step step, @Nullable Suspension stop, Supplier<String> key) {
        if (stop != null) {
            step.publish(of(EventType.RESUMED, step.account().id(), key.get(), step.now())
                    .because(stop.reason().name()));
        }
    }
}
