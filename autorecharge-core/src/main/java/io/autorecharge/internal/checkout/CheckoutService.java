package io.autorecharge.internal.checkout;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Text;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.event.AutoRechargeObserver.Question;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.CheckoutLookUps;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutOffer;
import io.autorecharge.store.CheckoutProgress;
import io.autorecharge.store.CheckoutState;
import io.autorecharge.store.RechargeState;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Purchases at checkout: offers them, and grants each once, however often the payment is reported, and by whom. A purchase that enables
 * auto-recharge also saves the method and records the consent.
 */
public final class CheckoutService implements CheckoutLookUps {
    private static final Logger log = LoggerFactory.getLogger(CheckoutService.class);

    /** A session that was never created, or whose creation was never confirmed, is given up after this time. */
    private static final Duration NOT_CREATED = Duration.ofHours(1);

    /** A session that the provider cannot report on is given up after this time; the slowest payments end within two weeks. */
    private static final Duration UNANSWERED = Duration.ofDays(30);

    /**
     * An account with many sessions must not delay others: each check handles those that have been due longest, the next check the rest.
     */
    private static final int SESSIONS_PER_CHECK = 5;

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final RateLimiter rateLimiter;
    private final RechargePolicy policy;
    private final CheckoutSettlement settlement;
    private final Clock clock;
    private final Supplier<String> ids;
    private final AutoRechargeObserver observer;

    public CheckoutService(
            AccountTransactions transactions,
            CheckoutGateway gateway,
            RateLimiter rateLimiter,
            RechargePolicy policy,
            CheckoutSettlement settlement,
            Clock clock,
            Supplier<String> ids,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.rateLimiter = rateLimiter;
        this.policy = policy;
        this.settlement = settlement;
        this.clock = clock;
        this.ids = ids;
        this.observer = observer;
    }

    /** Writes the row before it creates the session, so that every payment can be matched with its offer. */
    public CheckoutSession open(
            AccountId account, int credits, @Nullable String consentVersion, @Nullable String email) {
        policy.packages().require(credits);
        if (consentVersion != null) {
            Text.require("consentVersion", consentVersion);
        }
        String customer = customerOf(account, email);
        try {
            return sessionFor(account, credits, consentVersion, customer);
        } catch (GatewayException e) {
            if (!e.isCustomerGone()) {
                throw e;
            }
            // Otherwise an account whose customer was deleted at the provider could never buy again.
            return sessionFor(account, credits, consentVersion, replaced(account, customer, email));
        }
    }

    private CheckoutSession sessionFor(
            AccountId account, int credits, @Nullable String consentVersion, String customer) {
        CreditPackage bought = policy.packages().require(credits);
        boolean enable = consentVersion != null;
        Checkout checkout = transactions.run(account, step -> {
            CheckoutOffer offer = new CheckoutOffer(
                    account,
                    new CheckoutId(ids.get()),
                    credits,
                    bought.price(),
                    enable,
                    consentVersion == null ? null : new Consent(consentVersion, step.now()),
                    step.now(),
                    null);
            Checkout offered =
                    new Checkout(offer, CheckoutProgress.offered(step.now().plus(RetryDelays.ofCheckout(0))));
            step.tx().save(offered);
            return offered;
        });
        return create(checkout, customer);
    }

    /** Creates the session of a checkout, or returns the one that was created before. */
    CheckoutSession create(Checkout checkout, String customer) {
        AccountId account = checkout.account();
        boolean saveMethod = checkout.consent() != null;
        rateLimiter.acquire();
        CheckoutSession session = gateway.createSession(new CheckoutRequest(
                account,
                checkout.id(),
                customer,
                termsOf(checkout),
                checkout.price(),
                saveMethod,
                checkout.createdAt()));
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
    private static Checkout created(Checkout offered, Checkout current, String session) {
        if (current.state() != CheckoutState.CLOSED || current.sessionId() != null) {
            return current.at(session);
        }
        return current.enable()
                ? offered.at(session)
                : offered.withoutEnabling().at(session);
    }

    /** Each account has one customer: of two threads that create one, the second uses the customer of the first. */
    private String customerOf(AccountId account, @Nullable String email) {
        String known = transactions
                .read(account, step -> Optional.ofNullable(step.account().customerId()))
                .orElse(null);
        if (known != null) {
            return known;
        }
        rateLimiter.acquire();
        String created = gateway.createCustomer(account, email);
        return transactions.run(account, step -> {
            String stored = step.account().customerId();
            if (stored != null) {
                return stored;
            }
            step.tx().saveCustomer(created);
            return created;
        });
    }

    /** The saved payment method was deleted with its customer. */
    private String replaced(AccountId account, String gone, @Nullable String email) {
        rateLimiter.acquire();
        String created = gateway.replaceCustomer(account, gone, email);
        log.warn(
                "account={} customer={} no longer exists at the provider and is replaced by {}",
                account,
                gone,
                created);
        return transactions.run(account, step -> {
            String stored = step.account().customerId();
            if (stored != null && !stored.equals(gone)) {
                return stored;
            }
            step.tx().savePaymentMethod(null);
            step.tx().saveCustomer(created);
            return created;
        });
    }

    /** Looks up all open checkouts of an account at the provider, and settles them. */
    public void checkAll(AccountId account) {
        if (!transactions.read(account, step -> step.tx().openCheckouts()).isEmpty()) {
            lookUp(transactions.run(account, step -> claim(step, step.tx().openCheckouts())));
        }
    }

    @Override
    public List<Checkout> claimDue(Step step) {
        return claim(
                step,
                step.tx().openCheckouts().stream()
                        .filter(it ->
                                it.nextCheckAt() == null || !it.nextCheckAt().isAfter(step.now()))
                        .sorted(comparing(Checkout::nextCheckAt, nullsFirst(naturalOrder())))
                        .limit(SESSIONS_PER_CHECK)
                        .toList());
    }

    private static List<Checkout> claim(Step step, List<Checkout> checkouts) {
        checkouts.forEach(it -> step.tx().save(it.askedAgainAt(step.now().plus(RetryDelays.ofCheckout(it.checks())))));
        return checkouts;
    }

    @Override
    public void lookUp(List<Checkout> claimed) {
        claimed.forEach(this::ask);
    }

    private void ask(Checkout checkout) {
        String session = checkout.sessionId();
        if (session == null) {
            if (isPast(checkout, NOT_CREATED)) {
                settle(checkout.account(), checkout.id(), new CheckoutOutcome.Closed("the session was never created"));
            }
            return;
        }
        try {
            boolean close = checkout.recovers() != null && isPaidOtherwise(checkout.account(), checkout.recovers());
            rateLimiter.acquire();
            CheckoutOutcome outcome = close ? gateway.closeSession(session) : gateway.lookUp(session);
            observer.asked(Question.PAGE, true);
            settle(checkout.account(), checkout.id(), outcome);
        } catch (GatewayException e) {
            observer.asked(Question.PAGE, false);
            log.warn(
                    "account={} checkout={} could not be looked up: {}",
                    checkout.account(),
                    checkout.id(),
                    e.getMessage());
            if (isPast(checkout, UNANSWERED)) {
                settle(
                        checkout.account(),
                        checkout.id(),
                        new CheckoutOutcome.Closed("the provider could not report on it for " + UNANSWERED));
            }
        }
    }

    /** A checkout must not be paid when its recharge was paid after all. */
    private boolean isPaidOtherwise(AccountId account, AttemptId attempt) {
        return transactions.read(
                account,
                step -> step.tx()
                        .rechargeOf(attempt)
                        .filter(it -> it.recharge().state() == RechargeState.PAID)
                        .isPresent());
    }

    private boolean isPast(Checkout checkout, Duration life) {
        return clock.instant().isAfter(checkout.createdAt().plus(life));
    }

    /** Applies what the provider answered about a session that is known to be this checkout's. */
    private void settle(AccountId account, CheckoutId id, CheckoutOutcome outcome) {
        transactions.run(account, step -> {
            step.tx().checkout(id).ifPresent(checkout -> settlement.apply(step, checkout, outcome));
            return account;
        });
    }

    /**
     * Applies what was reported from outside, which may name any account and checkout.
     *
     * @return false when the account has no such checkout with this session and customer; nothing was changed then
     */
    public boolean settle(ProviderReport.Checkout report) {
        boolean known = transactions.run(report.account(), step -> {
            Optional<Checkout> found = step.tx().checkout(report.checkout());
            boolean own = found.filter(it -> isOwn(step, it, report)).isPresent();
            found.ifPresent(checkout -> {
                if (own) {
                    settlement.apply(step, checkout, report.outcome());
                } else if (report.outcome() instanceof CheckoutOutcome.Paid paid) {
                    CheckoutSettlement.publishMismatch(step, checkout, paid);
                }
            });
            return own;
        });
        if (!known) {
            log.error(
                    "account={} has no checkout={} with session={} of customer={}, but the provider reports {}",
                    report.account(),
                    report.checkout(),
                    report.sessionId(),
                    report.customerId(),
                    CheckoutSettlement.describe(report.outcome()));
        }
        return known;
    }

    /**
     * Anyone with access to the Stripe account can copy the library's ids to another session, so the customer and the session's id decide
     * whose payment it is.
     */
    private static boolean isOwn(Step step, Checkout checkout, ProviderReport.Checkout report) {
        String customer = step.account().customerId();
        String session = checkout.sessionId();
        return (customer == null || customer.equals(report.customerId()))
                && (session == null || session.equals(report.sessionId()));
    }
}
