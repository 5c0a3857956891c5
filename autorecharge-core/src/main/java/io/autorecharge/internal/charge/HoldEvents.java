package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.store.Recharge;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Publishes why a low account is not recharged, once per cause, however often it is checked: what makes two causes different is part of the
 * event's id.
 */
final class HoldEvents {
    private static final Set<HoldReason> REPORTED = EnumSet.of(
            HoldReason.CARD_LIMIT,
            HoldReason.CARD_STOPPED,
            HoldReason.PACKAGE_NOT_OFFERED,
            HoldReason.AMOUNT_OUT_OF_BOUNDS,
            HoldReason.AMOUNT_NOT_AGREED,
            HoldReason.POLICY_UNUSABLE,
            HoldReason.IDLE);

    private HoldEvents() {}

    static void publish(Step step, Decision.Hold hold, StandingReader standingReader) {
        AccountId account = step.account().id();
        if (hold.reason() == HoldReason.PRICE_CHANGED) {
            publishPrice(step, standingReader);
            return;
        }
        if (Limits.isReasonOf(hold.reason())) {
            step.publish(of(EventType.LIMIT_REACHED, account, account + "/" + exceeded(hold), step.now())
                    .because(hold.reason().name())
                    .until(hold.until()));
        } else if (REPORTED.contains(hold.reason())) {
            step.publish(of(EventType.RECHARGE_HELD, account, account + "/" + cause(step, hold), step.now())
                    .because(hold.reason().name())
                    .until(hold.until()));
        }
    }

    /** Another price is another cause, and so is another agreement. */
    private static void publishPrice(Step step, StandingReader standingReader) {
        Account account = standingReader.agreed(step);
        Consent consent = account.state().consent();
        AgreedPackage offer = standingReader.offer(step, account);
        if (offer == null) {
            return;
        }
        String cause = account.id() + "/" + agreedAt(account) + "/"
                + account.state().consents() + "/" + offer.credits() + "/" + offer.bonus() + "/" + offer.price();
        step.publish(of(EventType.PRICE_CHANGED, account.id(), cause, step.now())
                .because(HoldReason.PRICE_CHANGED.name())
                .costing(
                        Credits.of(offer.credits()),
                        offer.bonus(),
                        offer.price(),
                        consent == null ? null : consent.bought()));
    }

    /** The end of the window or period is part of the id: one event per exceeded limit. Two periods may end at the same time. */
    private static String exceeded(Decision.Hold hold) {
        return switch (hold.reason()) {
            case OWN_SPEND_LIMIT, DAILY_SPEND_LIMIT -> hold.reason() + "/" + hold.until();
            default -> String.valueOf(hold.until());
        };
    }

    /**
     * The reason, its end, and the last recharge: after another recharge the same reason is another cause. So it is after the user has chosen
     * another package, or agreed again.
     */
    private static String cause(Step step, Decision.Hold hold) {
        Account account = step.account();
        String cause =
                hold.reason() + "/" + hold.until() + "/" + account.state().lastOpenedAt();
        return switch (hold.reason()) {
            case PACKAGE_NOT_OFFERED -> cause + "/" + account.settings().credits();
            case AMOUNT_NOT_AGREED -> cause + "/" + agreedAt(account);
            // Each refused debit moves the end of the hold, and each try to get a policy.
            case AMOUNT_OUT_OF_BOUNDS, POLICY_UNUSABLE ->
                hold.reason() + "/" + account.state().lastOpenedAt();
            default -> cause;
        };
    }

    private static @Nullable Instant agreedAt(Account account) {
        Consent consent = account.state().consent();
        return consent == null ? null : consent.at();
    }

    /**
     * Publishes that a recharge is opened which leaves the balance low, because the maximum amount, or the one that the user agreed to, cuts it.
     *
     * @param wanted what the recharge would cost without the user's maximum
     */
    static void publishReduced(Step step, Recharge recharge, @Nullable Money wanted) {
        boolean agreed = wanted != null && recharge.price().isLessThan(wanted);
        step.publish(
                of(EventType.RECHARGE_REDUCED, recharge.account(), recharge.id().value(), step.now())
                        .about(recharge.id().value())
                        .because((agreed ? HoldReason.AMOUNT_NOT_AGREED : HoldReason.AMOUNT_OUT_OF_BOUNDS).name()));
    }
}
