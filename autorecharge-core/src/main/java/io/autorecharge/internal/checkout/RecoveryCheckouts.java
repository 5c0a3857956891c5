package io.autorecharge.internal.checkout;

import io.autorecharge.account.Account;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.GatewayCalls;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Brings the customer whose bank wants them present to a page that pays that very recharge. Before the page is made the provider has closed
 * what could be paid without it, and while it is open nothing is charged automatically: the recharge is paid once, whoever is faster.
 */
public final class RecoveryCheckouts {
    private final RechargeStore store;
    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final AttemptSettlement settlement;
    private final GatewayCalls provider;
    private final CheckoutService desk;
    private final Supplier<String> ids;

    public RecoveryCheckouts(
            RechargeStore store,
            AccountTransactions transactions,
            StandingReader standings,
            AttemptSettlement settlement,
            GatewayCalls provider,
            CheckoutService desk,
            Supplier<String> ids) {
        this.store = store;
        this.transactions = transactions;
        this.standings = standings;
        this.settlement = settlement;
        this.provider = provider;
        this.desk = desk;
        this.ids = ids;
    }

    public Optional<CheckoutSession> open(AccountId account) {
        Optional<RechargeWithAttempt> last =
                store.recharges(account, 1).stream().findFirst().filter(RecoveryCheckouts::wantsCustomer);
        if (last.isEmpty() || !isClosedAtProvider(last.get())) {
            return Optional.empty();
        }
        // A page from before may be paid, or have run out: neither may be offered again.
        desk.check(account, true);
        Optional<Checkout> offer = transactions.run(account, (tx, now, events) -> offer(tx, last.get(), now));
        return offer.map(it -> desk.make(it, customerOf(it, last.get())));
    }

    private static boolean wantsCustomer(RechargeWithAttempt it) {
        return it.recharge().state() == RechargeState.FAILED && it.attempt().state() == AttemptState.ACTION_REQUIRED;
    }

    /** Looking up cancels what is incomplete; only what surely cannot be paid any more may be paid otherwise. */
    private boolean isClosedAtProvider(RechargeWithAttempt it) {
        LookUp seen = provider.lookUp(it.attempt());
        if (seen instanceof LookUp.Absent) {
            return true;
        }
        if (seen instanceof LookUp.Found found && found.outcome().isFinal()) {
            settlement.settle(it.attempt().account(), it.attempt().id(), found.outcome());
            return !(found.outcome() instanceof Outcome.Paid);
        }
        boolean configuration = seen instanceof LookUp.Failed failed && failed.configuration();
        throw new GatewayException(
                configuration,
                "account=" + it.attempt().account() + " attempt=" + it.attempt().id() + " may still be paid: " + seen,
                null);
    }

    private Optional<Checkout> offer(AccountTransaction tx, RechargeWithAttempt last, Instant now) {
        Optional<RechargeWithAttempt> current =
                tx.rechargeOf(last.attempt().id()).filter(RecoveryCheckouts::wantsCustomer);
        boolean overtaken = tx.openRecharge().isPresent()
                || !last.recharge().openedAt().equals(tx.account().state().lastOpenedAt());
        if (current.isEmpty() || overtaken) {
            return Optional.empty();
        }
        Optional<Checkout> offered = standings.openRecovery(tx);
        if (offered.isPresent()) {
            return offered;
        }
        Checkout checkout = checkout(tx.account(), current.get(), now);
        tx.save(checkout);
        standings.schedule(tx, now);
        return Optional.of(checkout);
    }

    private Checkout checkout(Account account, RechargeWithAttempt it, Instant now) {
        Consent consent = account.state().consent();
        // For the page's words alone: what is granted stands in the recharge.
        int shown = it.recharge()
                .credits()
                .toBigDecimal()
                .setScale(0, RoundingMode.DOWN)
                .intValueExact();
        return new Checkout(
                account.id(),
                new CheckoutId(ids.get()),
                null,
                shown,
                it.recharge().price(),
                false,
                consent,
                CheckoutState.OPEN,
                now,
                now.plus(RetryDelays.ofCheckout(0)),
                0,
                null,
                it.attempt().id());
    }

    private String customerOf(Checkout checkout, RechargeWithAttempt it) {
        String known = store.find(checkout.account()).map(Account::customerId).orElse(null);
        return known == null ? it.attempt().customerId() : known;
    }
}
