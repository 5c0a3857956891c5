package io.autorecharge.simulation;

import io.autorecharge.account.Account;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The changes of one transaction that the watch must know after the commit. */
final class TransactionChanges {
    /** Longer than the window of any alarm. */
    static final Duration RECENT = Duration.ofDays(10);

    private final List<Claim> claims = new ArrayList<>();
    private final List<Opened> opened = new ArrayList<>();
    private final List<Attempt> ended = new ArrayList<>();
    private final List<Reversed> reversed = new ArrayList<>();
    private final Map<String, Reversal> known = new HashMap<>();
    private final Map<CheckoutId, Boolean> recovered = new HashMap<>();
    private final Set<String> events = new HashSet<>();
    private final Set<AttemptId> failed = new HashSet<>();
    private final Set<AttemptId> contradicted = new HashSet<>();
    private @Nullable Checkout paidCheckout;
    private @Nullable PaymentMethod method;
    private @Nullable PaymentMethod added;
    private boolean switchedOn;

    private record Claim(Attempt attempt, Account account, PaymentMethods methods) {}

    private record Opened(Recharge recharge, List<PastRecharge> counted, List<Checkout> checkouts) {}

    private record Reversed(String payment, Reversal.Kind kind) {}

    void seen(RechargeWithAttempt it) {
        if (it.attempt().state() != AttemptState.OPEN && it.attempt().state() != AttemptState.PAID) {
            failed.add(it.attempt().id());
        }
    }

    void claimed(Attempt attempt, Account account, PaymentMethods methods) {
        claims.add(new Claim(attempt, account, methods));
    }

    void opened(Recharge recharge, List<PastRecharge> counted, List<Checkout> checkouts) {
        opened.add(new Opened(recharge, counted, checkouts));
    }

    void saved(Settings settings) {
        switchedOn = settings.enabled();
    }

    void saved(@Nullable PaymentMethod value) {
        method = value;
    }

    /** A list with another primary method, or another backup. */
    void saved(PaymentMethods methods) {
        methods.all().stream()
                .filter(it -> it.stop() == null && it.declines() == 0)
                .findFirst()
                .ifPresent(it -> added = it.method());
    }

    /** The outcome of an attempt; a decline concerns the card only while it is in use. */
    void saved(Attempt attempt, @Nullable PaymentMethod inUse) {
        boolean blamed = attempt.state() == AttemptState.DECLINED
                && inUse != null
                && inUse.id().equals(attempt.paymentMethodId());
        if (blamed || attempt.state() == AttemptState.PAID) {
            ended.add(attempt);
        }
        if (attempt.state() == AttemptState.PAID && failed.contains(attempt.id())) {
            contradicted.add(attempt.id());
        }
    }

    void saved(Checkout checkout) {
        if (checkout.state() == CheckoutState.PAID) {
            paidCheckout = checkout;
        }
    }

    void recovered(CheckoutId checkout, boolean wanted) {
        recovered.put(checkout, wanted);
    }

    List<Reversal> seen(String payment, List<Reversal> reversals) {
        reversals.forEach(it -> known.put(payment + "/" + it.id(), it));
        return reversals;
    }

    void saved(String payment, Reversal reversal) {
        Reversal before = known.put(payment + "/" + reversal.id(), reversal);
        if (before == null || before.taken().isLessThan(reversal.taken())) {
            reversed.add(new Reversed(payment, reversal.kind()));
        }
    }

    void published(AutoRechargeEvent event) {
        events.add(event.id());
    }

    void committed(AccountId account, ClaimWatch watch) {
        claims.forEach(it -> watch.claimed(it.attempt(), it.account(), it.methods()));
        for (Opened it : opened) {
            boolean alarmed = events.contains(
                    EventType.VELOCITY_ALARM + ":" + it.recharge().id().value());
            watch.opened(
                    it.recharge(),
                    it.counted().stream().map(PastRecharge::openedAt).toList(),
                    alarmed);
            it.checkouts().stream()
                    .filter(checkout -> checkout.recovers() != null)
                    .forEach(checkout -> watch.openedBeside(it.recharge(), checkout));
        }
        ends(account, watch, true);
        for (Attempt it : ended) {
            if (it.state() == AttemptState.PAID) {
                watch.paid(it.id());
                watch.stops.granted(account, it.providerReference(), watch.now());
            }
        }
        if (paidCheckout != null) {
            watch.stops.granted(account, paidCheckout.providerReference(), watch.now());
        }
        reversed.forEach(it -> watch.stops.reversed(account, it.payment(), it.kind(), watch.now()));
        events.forEach(watch::published);
        // Published in the same transaction, or never: the audit checks whether a listener received it.
        contradicted.forEach(it -> watch.published(EventType.CONTRARY_OUTCOME + ":" + it + "/paid"));
    }

    /** The commit is in doubt: count what ends a stop, and not what begins one. */
    void mayBeCommitted(AccountId account, ClaimWatch watch) {
        ends(account, watch, false);
    }

    private void ends(AccountId account, ClaimWatch watch, boolean surely) {
        recovered.forEach(watch::recovered);
        for (Attempt it : ended) {
            if (it.state() == AttemptState.PAID) {
                watch.stops.charged(it);
            } else {
                watch.stops.declined(it, surely);
            }
        }
        if (paidCheckout != null && method != null) {
            watch.stops.paidInPerson(account, paidCheckout.createdAt());
        } else if (method != null) {
            watch.stops.saved(account, method);
        } else if (added != null) {
            watch.stops.added(account, added);
        }
        if (paidCheckout == null && switchedOn) {
            watch.stops.settingsSaved(account);
        }
    }
}
