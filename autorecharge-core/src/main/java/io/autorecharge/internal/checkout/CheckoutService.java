package io.autorecharge.internal.checkout;

import static java.util.Comparator.comparing;
import static java.util.Comparator.naturalOrder;
import static java.util.Comparator.nullsFirst;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
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
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.Checkout;
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
 * Purchases on the provider's page: offers them, and grants them once however often and by whomever their payment is reported. A purchase
 * that enables auto-recharge also saves the method and records the consent.
 */
public final class CheckoutService {
    private static final Logger log = LoggerFactory.getLogger(CheckoutService.class);

    /** A page that was never made, or whose making was never confirmed, is given up after this. */
    private static final Duration UNMADE = Duration.ofHours(1);

    /** A page of which the provider cannot tell is given up after this; the slowest payments end within two weeks. */
    private static final Duration UNANSWERED = Duration.ofDays(30);

    /** Whoever opens many pages must not keep others from being looked at: the longest due are asked for, the rest come next. */
    private static final int PAGES_A_LOOK = 5;

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final CheckoutGateway gateway;
    private final RateLimiter throttle;
    private final RechargePolicy policy;
    private final CheckoutSettlement purchases;
    private final Clock clock;
    private final Supplier<String> ids;
    private final AutoRechargeObserver observer;

    public CheckoutService(
            AccountTransactions transactions,
            StandingReader standings,
            CheckoutGateway gateway,
            RateLimiter throttle,
            RechargePolicy policy,
            CheckoutSettlement purchases,
            Clock clock,
            Supplier<String> ids,
            AutoRechargeObserver observer) {
        this.transactions = transactions;
        this.standings = standings;
        this.gateway = gateway;
        this.throttle = throttle;
        this.policy = policy;
        this.purchases = purchases;
        this.clock = clock;
        this.ids = ids;
        this.observer = observer;
    }

    /** The row stands before the page does, so that a payment always finds what was offered. */
    public CheckoutSession open(
            AccountId account, int credits, @Nullable String consentVersion, @Nullable String email) {
        policy.packages().require(credits);
        String customer = customerOf(account, email);
        try {
            return pageFor(account, credits, consentVersion, customer);
        } catch (GatewayException e) {
            if (!e.isCustomerGone()) {
                throw e;
            }
            // Else an account whose customer was deleted at the provider could never buy again.
            return pageFor(account, credits, consentVersion, replaced(account, customer, email));
        }
    }

    private CheckoutSession pageFor(AccountId account, int credits, @Nullable String consentVersion, String customer) {
        CreditPackage bought = policy.packages().require(credits);
        boolean enable = consentVersion != null;
        Checkout checkout = transactions.run(account, (tx, now, events) -> {
            Checkout offered = new Checkout(
                    account,
                    new CheckoutId(ids.get()),
                    null,
                    credits,
                    bought.price(),
                    enable,
                    consentVersion == null ? null : new Consent(consentVersion, now),
                    CheckoutState.OPEN,
                    now,
                    now.plus(RetryDelays.ofCheckout(0)),
                    0,
                    null);
            tx.save(offered);
            standings.schedule(tx, now);
            return offered;
        });
        return make(checkout, customer);
    }

    /** Makes the page of a checkout, or finds it made. */
    CheckoutSession make(Checkout checkout, String customer) {
        AccountId account = checkout.account();
        boolean saveMethod = checkout.consent() != null;
        throttle.acquire();
        CheckoutSession page = gateway.createSession(new CheckoutRequest(
                account,
                checkout.id(),
                customer,
                termsOf(checkout),
                checkout.price(),
                saveMethod,
                checkout.createdAt()));
        transactions.run(account, (tx, now, events) -> {
            tx.checkout(checkout.id()).ifPresent(current -> tx.save(made(checkout, current, page.sessionId())));
            standings.schedule(tx, now);
            return page;
        });
        log.info(
                "account={} checkout={} session={}: {} credits for {}, saves the method: {}",
                account,
                checkout.id(),
                page.sessionId(),
                checkout.credits(),
                checkout.price(),
                saveMethod);
        return page;
    }

    private static CheckoutTerms termsOf(Checkout checkout) {
        Consent consent = checkout.consent();
        return new CheckoutTerms(
                checkout.credits(), checkout.enable(), consent == null ? null : consent.version(), checkout.recovers());
    }

    /**
     * A fast customer may have paid before this: only the session id is added. A node whose clock is ahead may have given the page up while
     * it was being made: then it is open again, or nobody would ask what was paid on it.
     */
    private static Checkout made(Checkout offered, Checkout current, String session) {
        if (current.state() != CheckoutState.CLOSED || current.sessionId() != null) {
            return current.at(session);
        }
        return current.enable()
                ? offered.at(session)
                : offered.withoutEnabling().at(session);
    }

    /** One customer an account: whoever comes second takes the first one's. */
    private String customerOf(AccountId account, @Nullable String email) {
        String known = transactions
                .run(
                        account,
                        (tx, now, events) -> Optional.ofNullable(tx.account().customerId()))
                .orElse(null);
        if (known != null) {
            return known;
        }
        throttle.acquire();
        String created = gateway.createCustomer(account, email);
        return transactions.run(account, (tx, now, events) -> {
            String stored = tx.account().customerId();
            if (stored != null) {
                return stored;
            }
            tx.saveCustomer(created);
            return created;
        });
    }

    /** The saved method went with its customer. */
    private String replaced(AccountId account, String gone, @Nullable String email) {
        throttle.acquire();
        String created = gateway.replaceCustomer(account, gone, email);
        log.warn("account={} customer={} is gone at the provider; its place takes {}", account, gone, created);
        return transactions.run(account, (tx, now, events) -> {
            String stored = tx.account().customerId();
            if (stored != null && !stored.equals(gone)) {
                return stored;
            }
            tx.savePaymentMethod(null);
            tx.saveCustomer(created);
            standings.schedule(tx, now);
            return created;
        });
    }

    /** Asks the provider about checkouts: those whose time has come, or all that are open. */
    public void check(AccountId account, boolean all) {
        List<Checkout> due = transactions.run(account, (tx, now, events) -> {
            List<Checkout> found = tx.openCheckouts().stream()
                    .filter(c ->
                            all || c.nextCheckAt() == null || !c.nextCheckAt().isAfter(now))
                    .sorted(comparing(Checkout::nextCheckAt, nullsFirst(naturalOrder())))
                    .limit(all ? Long.MAX_VALUE : PAGES_A_LOOK)
                    .toList();
            found.forEach(c -> tx.save(c.askedAgainAt(now.plus(RetryDelays.ofCheckout(c.checks())))));
            if (!found.isEmpty()) {
                standings.schedule(tx, now);
            }
            return found;
        });
        due.forEach(this::ask);
    }

    private void ask(Checkout checkout) {
        String session = checkout.sessionId();
        if (session == null) {
            if (isPast(checkout, UNMADE)) {
                settle(checkout.account(), checkout.id(), new CheckoutOutcome.Closed("the page was never made"));
            }
            return;
        }
        try {
            boolean close = checkout.recovers() != null && isPaidOtherwise(checkout.account(), checkout.recovers());
            throttle.acquire();
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
                        new CheckoutOutcome.Closed("the provider could not tell of it for " + UNANSWERED));
            }
        }
    }

    /** A page whose recharge was paid after all must not be paid too. */
    private boolean isPaidOtherwise(AccountId account, AttemptId attempt) {
        return transactions.run(
                account,
                (tx, now, events) -> tx.rechargeOf(attempt)
                        .filter(it -> it.recharge().state() == RechargeState.PAID)
                        .isPresent());
    }

    private boolean isPast(Checkout checkout, Duration life) {
        return clock.instant().isAfter(checkout.createdAt().plus(life));
    }

    /** @return false when the account has no such checkout */
    public boolean settle(AccountId account, CheckoutId id, CheckoutOutcome outcome) {
        boolean known = transactions.run(account, (tx, now, events) -> {
            Optional<Checkout> found = tx.checkout(id);
            found.ifPresent(checkout -> {
                purchases.apply(tx, checkout, outcome, now, events);
                standings.schedule(tx, now);
            });
            return found.isPresent();
        });
        if (!known) {
            log.error("account={} checkout={} is unknown here, yet the provider reports {}", account, id, outcome);
        }
        return known;
    }
}
