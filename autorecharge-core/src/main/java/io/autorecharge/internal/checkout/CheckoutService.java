package io.autorecharge.internal.checkout;

import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Policies;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Offers purchases at checkout. {@link OpenCheckouts} finds out what became of them. */
public final class CheckoutService {
    private static final Logger log = LoggerFactory.getLogger(CheckoutService.class);

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final PeopleTurns people;
    private final CheckoutRoom room;
    private final StandingReader standingReader;
    private final Policies policies;
    private final Supplier<String> ids;
    private final CheckoutCustomers customers;
    private final CurrentInstallation installation;

    public CheckoutService(
            AccountTransactions transactions,
            CheckoutGateway gateway,
            PeopleTurns people,
            CheckoutRoom room,
            StandingReader standingReader,
            Policies policies,
            Supplier<String> ids,
            CheckoutCustomers customers,
            CurrentInstallation installation) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.people = people;
        this.room = room;
        this.standingReader = standingReader;
        this.policies = policies;
        this.ids = ids;
        this.customers = customers;
        this.installation = installation;
    }

    /** Writes the row before it creates the session, so that every payment can be matched with its offer. */
    public CheckoutSession open(AccountId account, int credits, Agreement agreement, @Nullable String email) {
        policyOf(account).packages().require(credits);
        InstallationId own = installation.id();
        room.make(account);
        return customers.with(account, own, email, customer -> sessionFor(account, credits, agreement, customer));
    }

    /** Refuses early what the transaction below refuses too. */
    private RechargePolicy policyOf(AccountId account) {
        return policies.isOne() ? policies.standard() : transactions.read(account, standingReader::require);
    }

    private CheckoutSession sessionFor(AccountId account, int credits, Agreement agreement, String customer) {
        boolean enable = agreement.version() != null;
        Checkout checkout = transactions.run(account, step -> {
            room.require(step);
            CreditPackage bought = standingReader.require(step).packages().require(credits);
            CheckoutOffer offer = new CheckoutOffer(
                    account,
                    new CheckoutId(ids.get()),
                    credits,
                    bought.price(),
                    enable,
                    consent(step, agreement, bought.price()),
                    step.now(),
                    null,
                    installation.id());
            Checkout offered =
                    new Checkout(offer, CheckoutProgress.offered(step.now().plus(RetryDelays.ofCheckout(0))));
            step.tx().save(offered);
            return offered;
        });
        return create(checkout, customer);
    }

    /** While auto-recharge is on, an agreement that is on record stays unless another text was shown. */
    private static @Nullable Consent consent(Step step, Agreement agreement, Money price) {
        String version = agreement.version();
        if (version == null) {
            return null;
        }
        Consent given = step.account().state().consent();
        if (given != null && !agreement.shown() && step.account().settings().enabled()) {
            return given;
        }
        Agreement.Confirmation confirmation = agreement.confirmation();
        return new Consent(
                version, step.now(), confirmation == null ? price : confirmation.max(), Consent.Source.CHECKOUT);
    }

    /** Creates the session of a checkout, or returns the one that was created before. */
    CheckoutSession create(Checkout checkout, String customer) {
        AccountId account = checkout.account();
        boolean saveMethod = checkout.consent() != null;
        people.await(account);
        CheckoutSession session = gateway.createSession(new CheckoutRequest(
                account,
                checkout.id(),
                customer,
                termsOf(checkout),
                checkout.price(),
                saveMethod,
                checkout.createdAt(),
                checkout.installation()));
        transactions.run(account, step -> {
            step.tx()
                    .checkout(checkout.id())
                    .ifPresent(current -> step.tx().save(created(checkout, current, session.sessionId())));
            return session;
        });
        log.info(
                "account={} checkout={} session={}: {} credits for {}, saves the method: {}",
                account,
                checkout.id(),
                session.sessionId(),
                checkout.credits(),
                checkout.price(),
                saveMethod);
        return session;
    }

    private static CheckoutTerms termsOf(Checkout checkout) {
        Consent consent = checkout.consent();
        return new CheckoutTerms(
                checkout.credits(), checkout.enable(), consent == null ? null : consent.version(), checkout.recovers());
    }

    /**
     * A fast customer may have paid already: only the session id is added. A node whose clock is ahead may have given the session up while
     * it was being created: then it is reopened, because otherwise its payment would never be looked up.
     */
    static Checkout created(Checkout offered, Checkout current, String session) {
        if (current.state() != CheckoutState.CLOSED || current.sessionId() != null) {
            return current.at(session);
        }
        return current.enable()
                ? offered.at(session)
                : offered.withoutEnabling().at(session);
    }
}
