package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CardLimit;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Standing;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.Currency;
import org.jspecify.annotations.Nullable;

/** Why an account is not charged, for its status. Reads without a lock, so that asking for the status never waits. */
final class HoldReader {
    /** As many recharges as a store returns at once, and more than any limit allows in its window. */
    private static final int RECHARGES = 1000;

    private final RechargeStore store;
    private final TotalSpending spending;
    private final Clock clock;

    HoldReader(RechargeStore store, TotalSpending spending, Clock clock) {
        this.spending = spending;
        this.store = store;
        this.clock = clock;
    }

    /** The account, and in its agreement the maximum and the price that bind it. */
    Account agreed(Account account, AccountPolicy chosen) {
        Consent consent = account.state().consent();
        if (consent == null || consent.bought() != null || !chosen.isUsable()) {
            return account;
        }
        RechargePolicy policy = chosen.rules();
        Money dearest = dearest(policy, account, consent);
        Consent complete = policy.completed(consent, account.settings(), dearest, store.firstPrices());
        return new Account(
                account.id(),
                account.balance(),
                account.settings(),
                account.customerId(),
                account.method(),
                account.state().withConsent(complete));
    }

    /**
     * Why an account whose balance is low is not charged; null when it is not low, or is about to be charged.
     *
     * @param account with the agreement that binds it
     */
    Decision.@Nullable Hold of(Account account, AccountPolicy chosen) {
        RechargePolicy policy = chosen.rules();
        Instant now = clock.instant();
        if (!policy.isWanted(account, now)) {
            return null;
        }
        MethodChoice choice = MethodChoice.of(
                account, () -> store.methods(account.id()), now, method -> cardHold(policy, method, now) == null);
        Standing standing = new Standing(
                account.id(),
                now,
                account.balance(),
                null,
                account.settings(),
                account.state().consent(),
                choice.method(),
                null,
                null,
                choice.retryAt(),
                account.state().lastOpenedAt(),
                false,
                store.countedSince(
                        account.id(),
                        policy.limits().countedFrom(now, account.state().rules())),
                account.state().requested(),
                account.state().rules(),
                account.state().announced(),
                account.state().unused(),
                policy.effectiveThreshold(account));
        Decision decision = chosen.decide(standing);
        Decision.Hold held = decision instanceof Decision.Hold hold ? hold : null;
        boolean waits = held == null || held.reason() == HoldReason.ANNOUNCED;
        if (waits && chosen.withoutNotice(standing) instanceof Decision.Recharge recharge) {
            Decision.Hold card = cardHold(policy, recharge.method(), now);
            Decision.Hold total = card == null ? spending.hold(store::hasRoom, now, recharge.price()) : card;
            return total == null ? held : total;
        }
        return held;
    }

    private Decision.@Nullable Hold cardHold(RechargePolicy policy, PaymentMethod method, Instant now) {
        CardLimit limit = policy.cardLimit();
        return limit.hold(store.cardUse(method.card(), limit.countedFrom(now)), now);
    }

    /** Null where the agreement names its maximum, so that nothing else binds it. */
    private @Nullable Money dearest(RechargePolicy policy, Account account, Consent consent) {
        if (consent.max() != null) {
            return null;
        }
        Currency currency = policy.packages().all().get(0).price().currency();
        return store.recharges(account.id(), RECHARGES).stream()
                .map(RechargeWithAttempt::recharge)
                .filter(it -> it.state() == RechargeState.PAID && !it.isRequested())
                .map(Recharge::price)
                .filter(it -> it.currency().equals(currency))
                .max(Comparator.naturalOrder())
                .orElse(null);
    }
}
