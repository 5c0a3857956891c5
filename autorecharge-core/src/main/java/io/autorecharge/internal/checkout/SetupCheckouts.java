package io.autorecharge.internal.checkout;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.SetupRequest;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers checkouts in which a customer adds a payment method and buys nothing. {@link OpenCheckouts} finds out what became of them. */
public final class SetupCheckouts {
    private static final Logger log = LoggerFactory.getLogger(SetupCheckouts.class);

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final PeopleTurns people;
    private final CheckoutRoom room;
    private final StandingReader standingReader;
    private final Supplier<String> ids;
    private final CheckoutCustomers customers;
    private final CurrentInstallation installation;

    public SetupCheckouts(
            AccountTransactions transactions,
            CheckoutGateway gateway,
            PeopleTurns people,
            CheckoutRoom room,
            StandingReader standingReader,
            Supplier<String> ids,
            CheckoutCustomers customers,
            CurrentInstallation installation) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.people = people;
        this.room = room;
        this.standingReader = standingReader;
        this.ids = ids;
        this.customers = customers;
        this.installation = installation;
    }

    /**
     * Writes the row before it creates the session, so that every method that is saved can be matched with its offer.
     *
     * @throws InvalidValueException when the account has as many methods as it may have
     */
    public CheckoutSession open(AccountId account, MethodPlace place, @Nullable String email) {
        InstallationId own = installation.id();
        transactions.read(account, step -> {
            requirePlace(step);
            return account;
        });
        room.make(account);
        return customers.with(account, own, email, customer -> sessionFor(account, own, place, customer));
    }

    private CheckoutSession sessionFor(AccountId account, InstallationId own, MethodPlace place, String customer) {
        Checkout checkout = transactions.run(account, step -> {
            room.require(step);
            requirePlace(step);
            CheckoutOffer offer = new CheckoutOffer(
                    account, new CheckoutId(ids.get()), 0, nothing(step), false, null, step.now(), null, own, place);
            Checkout offered =
                    new Checkout(offer, CheckoutProgress.offered(step.now().plus(RetryDelays.ofCheckout(0))));
            step.tx().save(offered);
            return offered;
        });
        people.await(account);
        CheckoutSession session = gateway.createSetup(new SetupRequest(
                account, checkout.id(), customer, place, checkout.price().currency(), checkout.createdAt(), own));
        transactions.run(account, step -> {
            step.tx()
                    .checkout(checkout.id())
                    .ifPresent(
                            current -> step.tx().save(CheckoutService.created(checkout, current, session.sessionId())));
            return session;
        });
        log.info(
                "account={} checkout={} session={}: adds a payment method as {}",
                account,
                checkout.id(),
                session.sessionId(),
                place);
        return session;
    }

    /** In the currency in which the account is charged; all of its packages have one. */
    private Money nothing(Step step) {
        return new Money(
                0,
                standingReader.orStandard(step).packages().all().get(0).price().currency());
    }

    private static void requirePlace(Step step) {
        int listed = step.tx().methods().all().size();
        if (listed >= PaymentMethods.MAX) {
            throw new InvalidValueException("paymentMethods", listed, "must be fewer than " + PaymentMethods.MAX);
        }
    }
}
