package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Text;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.pacing.PeopleTurns;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.PurchaseResult;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Charges that a user asks for, while the user waits: a purchase with the saved payment method, and another try after a decline. */
public final class RequestedCharges {
    private final AccountTransactions transactions;
    private final StandingReader standingReader;
    private final AccountCheck check;
    private final PeopleTurns people;
    private final Function<AccountId, Optional<CheckResult>> stopOfThisNode;

    /** @param stopOfThisNode why this node sends nothing for an account now, if so */
    public RequestedCharges(
            AccountTransactions transactions,
            StandingReader standingReader,
            AccountCheck check,
            PeopleTurns people,
            Function<AccountId, Optional<CheckResult>> stopOfThisNode) {
        this.transactions = transactions;
        this.standingReader = standingReader;
        this.check = check;
        this.people = people;
        this.stopOfThisNode = stopOfThisNode;
    }

    /** @throws InvalidValueException when the package is not on sale, or the reference was used for another purchase */
    public PurchaseResult purchase(AccountId account, int credits, Money shown, String reference) {
        CreditPackage chosen = transactions.read(
                account, step -> standingReader.require(step).packages().require(credits));
        Text.require("reference", reference);
        RequestedIds ids = RequestedIds.of(account, reference);
        Optional<Found> before = find(account, ids);
        if (before.isEmpty() && !chosen.price().equals(shown)) {
            return new PurchaseResult.PriceChanged(chosen.price());
        }
        before.map(Found::recharge).ifPresent(it -> requireSame(it, credits, shown, reference));
        if (before.isPresent() && !before.get().isOpen()) {
            return result(before.get());
        }
        people.await(account);
        Decision.Hold hold = hold(stopOfThisNode
                .apply(account)
                .orElseGet(() -> check.check(account, CheckCause.purchase(new CheckCause.Order(ids, chosen)))));
        return find(account, ids).map(RequestedCharges::result).orElseGet(() -> new PurchaseResult.Held(hold));
    }

    /** Tries again while the account waits after a decline. Once in ten minutes after a charge, within the limits of the card. */
    public CheckResult retry(AccountId account) {
        people.await(account);
        return stopOfThisNode.apply(account).orElseGet(() -> check.check(account, CheckCause.retry()));
    }

    private static void requireSame(Recharge before, int credits, Money shown, String reference) {
        if (before.packageCredits() != credits || !before.price().equals(shown)) {
            throw new InvalidValueException(
                    "reference",
                    reference,
                    "was used for another purchase: " + before.price() + " for " + before.packageCredits());
        }
    }

    private Optional<Found> find(AccountId account, RequestedIds ids) {
        return transactions.read(
                account,
                step -> step.tx()
                        .rechargeOf(ids.attempt())
                        .map(RechargeWithAttempt::recharge)
                        .map(it -> new Found(it, step.tx().attempts(it.id()))));
    }

    private record Found(Recharge recharge, List<Attempt> attempts) {
        boolean isOpen() {
            return recharge.state() == RechargeState.OPEN;
        }

        /** One of the methods may have wanted its holder, whichever was tried after it. */
        boolean wantsCustomer() {
            return attempts.stream().anyMatch(it -> it.state() == AttemptState.ACTION_REQUIRED);
        }
    }

    /** Another charge of the account was continued instead. */
    private static Decision.Hold hold(CheckResult result) {
        return result instanceof CheckResult.Held held ? held.hold() : Decision.Hold.because(HoldReason.RECHARGE_OPEN);
    }

    private static PurchaseResult result(Found it) {
        Recharge recharge = it.recharge();
        return switch (recharge.state()) {
            case PAID -> new PurchaseResult.Paid(recharge);
            case OPEN -> new PurchaseResult.Pending(recharge);
            case FAILED ->
                it.wantsCustomer()
                        ? new PurchaseResult.ConfirmationRequired(recharge)
                        : new PurchaseResult.Declined(recharge);
            case ABANDONED -> new PurchaseResult.NotCharged(recharge);
        };
    }
}
