package io.autorecharge.internal.charge;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.account.Suspensions;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What follows for the account when a recharge has failed: a wait, or a suspension until its customer acts. A stop belongs to a method; the
 * account is suspended when none of its methods is left, or when its customer can pay the recharge by authenticating.
 *
 * @param suspension null when the account is not suspended for this
 * @param retryAt when it is charged again; null when it is suspended, or can be charged at once
 * @param authenticate the attempt that its customer may authenticate; null when there is none
 */
record AfterFailure(
        @Nullable Suspension suspension,
        @Nullable Instant retryAt,
        @Nullable Attempt authenticate) {
    private static final AfterFailure NOTHING = new AfterFailure(null, null, null);

    static AfterFailure of(Step step, Attempt failed, MethodFailure failure) {
        if (!failure.listed()) {
            return NOTHING;
        }
        boolean account = failure.stop() != null && !failure.stop().blamesMethod();
        if (account || step.account().state().backups() == 0) {
            return ofOnlyMethod(step, failed, failure);
        }
        PaymentMethods methods = step.tx().methods();
        Optional<Attempt> authenticate = step.tx().attempts(failed.recharge()).stream()
                .filter(it -> it.state() == AttemptState.ACTION_REQUIRED && methods.contains(it.paymentMethodId()))
                .findFirst();
        if (authenticate.isPresent()) {
            Suspension stop = new Suspension(
                    Suspension.Reason.AUTHENTICATION_REQUIRED,
                    step.now(),
                    authenticate.get().fingerprint());
            return new AfterFailure(stop, null, authenticate.get());
        }
        Instant from = methods.usableFrom(step.now());
        return from == null
                ? new AfterFailure(ofPrimary(step, methods), null, null)
                : new AfterFailure(null, from.isAfter(step.now()) ? from : null, null);
    }

    private static AfterFailure ofOnlyMethod(Step step, Attempt failed, MethodFailure failure) {
        Suspension.Reason stop = failure.stop();
        if (stop == null) {
            return new AfterFailure(null, failure.retryAt(), null);
        }
        String fingerprint = stop.blamesCustomer() ? null : failed.fingerprint();
        return new AfterFailure(new Suspension(stop, step.now(), fingerprint), null, null);
    }

    /** All methods are stopped; the account says why its primary one is. */
    private static Suspension ofPrimary(Step step, PaymentMethods methods) {
        SavedMethod primary = methods.primary().orElseThrow();
        MethodStop stop = primary.stop();
        return new Suspension(
                stop == null ? Suspension.Reason.REPEATED_DECLINES : stop.reason(),
                step.now(),
                primary.method().fingerprint());
    }

    void save(Step step, MethodFailure failure) {
        if (failure.listed()) {
            AccountState before = step.account().state();
            step.tx().save(before.declined(failure.inARow(), retryAt, before.suspension()));
        }
    }

    void suspend(Step step, Attempt failed) {
        if (suspension == null) {
            return;
        }
        if (authenticate != null && !authenticate.id().equals(failed.id())) {
            FailureSettlement.publishAuthentication(step, authenticate, authenticate.detail());
        }
        Suspensions.suspend(step, suspension, failed.id().value());
    }

    /** For the log. */
    @Override
    public String toString() {
        return suspension == null ? "next try at " + retryAt : "suspended: " + suspension.reason();
    }
}
