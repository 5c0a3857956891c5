package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.internal.installation.BindingCheck;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Holds every check while the database may be a copy: it claims nothing, sends nothing, and looks nothing up, because a look-up cancels what
 * is incomplete at the provider.
 */
public final class BindingGuard {
    private static final Duration NOT_CONFIRMED = Duration.ofMinutes(1);
    private static final Duration BUSY = Duration.ofSeconds(1);

    private final BindingCheck binding;
    private final Clock clock;
    private final AutoRechargeObserver observer;

    public BindingGuard(BindingCheck binding, Clock clock, AutoRechargeObserver observer) {
        this.binding = binding;
        this.clock = clock;
        this.observer = observer;
    }

    /**
     * The result of a check that must not take place; empty when it may.
     *
     * @throws StoreException if the database was never compared and fails; one that is busy is a hold instead
     */
    public Optional<CheckResult> held(AccountId account) {
        try {
            return binding.difference()
                    .map(difference -> held(account, HoldReason.DATABASE_NOT_CONFIRMED, NOT_CONFIRMED));
        } catch (StoreException e) {
            if (!e.isRetryable()) {
                throw e;
            }
            return Optional.of(held(account, HoldReason.CONTENTION, BUSY));
        }
    }

    private CheckResult held(AccountId account, HoldReason reason, Duration pause) {
        Decision.Hold hold = new Decision.Hold(reason, clock.instant().plus(pause));
        observer.decided(account, hold);
        return new CheckResult.Held(account, hold);
    }
}
