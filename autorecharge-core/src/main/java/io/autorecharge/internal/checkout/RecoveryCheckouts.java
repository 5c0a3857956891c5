package io.autorecharge.internal.checkout;

import io.autorecharge.account.Account;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Recovery;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.GatewayCalls;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.math.RoundingMode;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Offers the checkout in which a customer pays a recharge that requires authentication. Before the checkout is created the provider has
 * cancelled the first charge, and while it is open nothing is charged automatically, so the recharge is paid once.
 */
public final class RecoveryCheckouts {
    private final RechargeStore store;
    private final AccountTransactions transactions;
    private final StandingReader standingReader;
    private final AttemptSettlement settlement;
    private final GatewayCalls provider;
    private final OpenCheckouts openCheckouts;
    private final CheckoutService checkouts;
    private final CheckoutCustomers customers;
    private final Supplier<String> ids;
    private final CurrentInstallation installation;

    public RecoveryCheckouts(
            RechargeStore store,
            AccountTransactions transactions,
            StandingReader standingReader,
            AttemptSettlement settlement,
            GatewayCalls provider,
            OpenCheckouts openCheckouts,
            CheckoutService checkouts,
            CheckoutCustomers customers,
            Supplier<String> ids,
            CurrentInstallation installation) {
        this.store = store;
        this.transactions = transactions;
        this.standingReader = standingReader;
        this.settlement = settlement;
        this.provider = provider;
        this.openCheckouts = openCheckouts;
        this.checkouts = checkouts;
        this.customers = customers;
        this.ids = ids;
        this.installation = installation;
    }

    public Optional<CheckoutSession> open(AccountId account) {
        // Read before a transaction, which has a connection already.
        installation.id();
        Optional<RechargeWithAttempt> last = store.recharges(account, 1).stream()
                .findFirst()
                .map(it -> Recovery.toAuthenticate(
                        it, () -> store.attempts(account, it.recharge().id())))
                // Also when it is no longer wanted: a payment that the customer has made is found here, and granted.
                .filter(Recovery::mayBePaid);
        if (last.isEmpty() || !isClosedAtProvider(last.get())) {
            return Optional.empty();
        }
        // An earlier session may be paid, or have expired: neither may be offered again.
        openCheckouts.checkAll(account);
        Optional<Checkout> offer = transactions.run(account, step -> offer(step, last.get()));
        return offer.map(it -> checkouts.create(it, customerOf(it, last.get())));
    }

    /** Looking up cancels what is incomplete; only a charge that certainly cannot be paid any more may be paid in a checkout. */
    private boolean isClosedAtProvider(RechargeWithAttempt it) {
        LookUp answer = provider.lookUpFor(it.attempt().account(), it.attempt());
        if (answer instanceof LookUp.Absent) {
            return true;
        }
        if (answer instanceof LookUp.Found found && found.outcome().isFinal()) {
            settlement.settle(it.attempt().account(), it.attempt().id(), found.outcome());
            return !(found.outcome() instanceof Outcome.Paid);
        }
        boolean configuration = answer instanceof LookUp.Failed failed && failed.configuration();
        throw new GatewayException(
                configuration,
                "account=" + it.attempt().account() + " attempt=" + it.attempt().id() + " may still be paid: " + answer,
                null);
    }

    private Optional<Checkout> offer(Step step, RechargeWithAttempt last) {
        Optional<RechargeWithAttempt> current = step.tx()
                .rechargeOf(last.attempt().id())
                .filter(it -> Recovery.isOffered(step.account(), step.tx().methods(), it));
        boolean overtaken = step.tx().openRecharge().isPresent()
                || !last.recharge().openedAt().equals(step.account().state().lastOpenedAt());
        if (current.isEmpty() || overtaken) {
            return Optional.empty();
        }
        Optional<Checkout> offered = standingReader.openRecovery(step);
        if (offered.isPresent()) {
            return offered;
        }
        Checkout checkout = checkout(step, current.get());
        step.tx().save(checkout);
        return Optional.of(checkout);
    }

    private Checkout checkout(Step step, RechargeWithAttempt it) {
        // Only for the text of the checkout page: the recharge states what is granted.
        int shown = it.recharge()
                .credits()
                .toBigDecimal()
                .setScale(0, RoundingMode.DOWN)
                .intValueExact();
        CheckoutOffer offer = new CheckoutOffer(
                step.account().id(),
                new CheckoutId(ids.get()),
                shown,
                it.recharge().price(),
                false,
                step.account().state().consent(),
                step.now(),
                it.attempt().id(),
                installation.id());
        return new Checkout(offer, CheckoutProgress.offered(step.now().plus(RetryDelays.ofCheckout(0))));
    }

    private String customerOf(Checkout checkout, RechargeWithAttempt it) {
        Optional<Account> account = store.find(checkout.account());
        String known = account.map(Account::customerId).orElse(null);
        String stamped = account.map(found -> found.state().stampedCustomer()).orElse(null);
        String customer = known == null ? it.attempt().customerId() : known;
        return customers.usable(checkout.account(), installation.id(), customer, stamped, null);
    }
}
