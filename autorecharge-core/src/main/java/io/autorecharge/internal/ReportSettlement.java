package io.autorecharge.internal;

import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ProviderReport.Notification;
import io.autorecharge.internal.account.MethodSettlement;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.ReportedCharges;
import io.autorecharge.internal.checkout.CheckoutSettlement;
import io.autorecharge.internal.checkout.OpenCheckouts;
import io.autorecharge.internal.installation.ReportOwnership;
import io.autorecharge.internal.installation.Settled;
import io.autorecharge.internal.reversal.ReversalSettlement;
import io.autorecharge.internal.schedule.AccountWorkers;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.Trigger;
import java.time.Clock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Settles reports of the provider, whatever their source. Each kind of report is checked and applied in one step, under the lock of the
 * account that it names, so that no other change can come between the check of ownership and its effect.
 */
public final class ReportSettlement {
    private static final Logger log = LoggerFactory.getLogger(ReportSettlement.class);

    private final RechargeStore accounts;
    private final AttemptSettlement attempts;
    private final ReportedCharges charges;
    private final @Nullable OpenCheckouts checkouts;
    private final ReversalSettlement reversals;
    private final MethodSettlement methods;
    private final AccountWorkers workers;
    private final Clock clock;
    private final ReportOwnership ownership;
    private final AutoRechargeObserver observer;

    /**
     * @param accounts the store itself, which needs no other service to know whether an account exists
     * @param checkouts null where there are no checkouts
     */
    ReportSettlement(
            RechargeStore accounts,
            AttemptSettlement attempts,
            ReportedCharges charges,
            @Nullable OpenCheckouts checkouts,
            ReversalSettlement reversals,
            MethodSettlement methods,
            AccountWorkers workers,
            Clock clock,
            ReportOwnership ownership,
            AutoRechargeObserver observer) {
        this.accounts = accounts;
        this.attempts = attempts;
        this.charges = charges;
        this.checkouts = checkouts;
        this.reversals = reversals;
        this.methods = methods;
        this.workers = workers;
        this.clock = clock;
        this.ownership = ownership;
        this.observer = observer;
    }

    /** Applies a report of an object that belongs to this installation; every other one changes nothing. */
    public Settled settle(ProviderReport report) {
        Notification notification = report.notification();
        if (notification != null && accounts.isHandled(notification.id())) {
            return Settled.APPLIED;
        }
        return settled(report);
    }

    private Settled settled(ProviderReport report) {
        if (!ownership.isOurs(report)) {
            observer.ignored(report);
            log.debug("account={} is of another installation: {}", report.account(), describe(report));
            return report.installation() == null ? Settled.UNCLAIMED : Settled.OTHERS;
        }
        if (accounts.find(report.account()).isEmpty()) {
            log.error("account={} does not exist here, but the provider reports about it", report.account());
            return Settled.UNKNOWN;
        }
        // Nothing may be changed at the provider before it is known whose object it is.
        ProviderReport concluded = report instanceof ProviderReport.Charge charge ? charges.concluded(charge) : report;
        if (apply(concluded)) {
            remember(concluded);
            return Settled.APPLIED;
        }
        log.error("account={} does not know what the provider reports: {}", report.account(), describe(report));
        return Settled.UNKNOWN;
    }

    /** A charge without a final outcome may be reported again under the same id, and must be settled then. */
    private void remember(ProviderReport report) {
        Notification notification = report.notification();
        if (notification != null && isFinal(report)) {
            accounts.handled(notification.id(), notification.type(), clock.instant());
        }
    }

    /** Without a saved payment method, which must not be logged. */
    private static String describe(ProviderReport report) {
        if (report instanceof ProviderReport.Charge charge) {
            return "attempt=" + charge.attempt() + " customer=" + charge.customerId() + " " + charge.outcome();
        }
        if (report instanceof ProviderReport.Checkout checkout) {
            return "checkout=" + checkout.checkout() + " session=" + checkout.sessionId() + " customer="
                    + checkout.customerId() + " " + CheckoutSettlement.describe(checkout.outcome());
        }
        if (report instanceof ProviderReport.MethodChange change) {
            return "method=" + change.methodId() + " customer=" + change.customerId()
                    + (change.isGone() ? " is gone" : "");
        }
        return ((ProviderReport.Reversal) report).reversals().toString();
    }

    private static boolean isFinal(ProviderReport report) {
        return !(report instanceof ProviderReport.Charge charge)
                || charge.outcome().isFinal();
    }

    private boolean apply(ProviderReport report) {
        if (report instanceof ProviderReport.Charge charge) {
            boolean known = attempts.settle(charge);
            workers.checkSoon(report.account(), Trigger.BALANCE);
            return known;
        }
        if (report instanceof ProviderReport.Checkout checkout) {
            if (checkouts == null) {
                throw Engine.noCheckouts();
            }
            boolean known = checkouts.settle(checkout);
            workers.checkSoon(report.account(), Trigger.SETTINGS);
            return known;
        }
        if (report instanceof ProviderReport.MethodChange change) {
            boolean known = methods.settle(change);
            workers.checkSoon(report.account(), Trigger.SETTINGS);
            return known;
        }
        return reversals.settle((ProviderReport.Reversal) report);
    }
}
