package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces charges and withdraws announcements. The announcement and its event are written in one transaction: its time counts from then on, whether or
 * not the event was delivered yet.
 */
public final class Announcements {
    private static final Logger log = LoggerFactory.getLogger(Announcements.class);

    /** Nothing will be charged while one of these lasts, and its end is a new reason to tell the customer. */
    private static final Set<HoldReason> WITHDRAWN = EnumSet.of(
            HoldReason.DISABLED,
            HoldReason.ABOVE_THRESHOLD,
            HoldReason.SUSPENDED,
            HoldReason.NO_CONSENT,
            HoldReason.NO_PACKAGE,
            HoldReason.PACKAGE_NOT_OFFERED,
            HoldReason.NO_PAYMENT_METHOD,
            HoldReason.CARD_STOPPED,
            HoldReason.AMOUNT_OUT_OF_BOUNDS,
            HoldReason.AMOUNT_NOT_AGREED);

    private Announcements() {}

    /** Stores and publishes an announcement, which takes the place of an earlier one. */
    static void announce(Step step, Announcement next, Decision.Recharge wanted) {
        Account account = step.account();
        Announcement before = account.state().announced();
        Announcement.Gap gap = before == null ? null : gap(before, wanted);
        PaymentMethod first = wanted.method();
        step.tx().save(account.state().announced(next));
        step.publish(event(step, EventType.RECHARGE_ANNOUNCED, next)
                .about(first.id())
                .upTo(next.max(), account.balance())
                .because(gap == null ? null : gap.name()));
        log.info(
                "account={} balance {} is low: a charge of at most {} is announced for {}",
                account.id(),
                account.balance(),
                next.max(),
                next.notBefore());
    }

    static Announcement.@Nullable Gap gap(Announcement before, Decision.Recharge wanted) {
        return before.gap(
                wanted.price(),
                wanted.chosen().credits(),
                wanted.chosen().price(),
                wanted.method().card());
    }

    /** Withdraws what was announced, if the account is not charged now for a reason that ends the announcement. */
    static void withdraw(Step step, Decision decision) {
        Announcement announced = step.account().state().announced();
        if (announced == null || !(decision instanceof Decision.Hold hold) || !WITHDRAWN.contains(hold.reason())) {
            return;
        }
        end(step);
        step.publish(event(step, EventType.RECHARGE_WITHDRAWN, announced)
                .because(hold.reason().name()));
        log.info(
                "account={} the charge that was announced for {} is withdrawn: {}",
                step.account().id(),
                announced.notBefore(),
                hold.reason());
    }

    /** What was announced was charged: the next charge needs an announcement of its own. */
    public static void end(Step step) {
        step.tx().save(step.account().state().announced(null));
    }

    private static AutoRechargeEvent event(Step step, EventType type, Announcement about) {
        AccountId account = step.account().id();
        // Two announcements of one moment differ in what they announce.
        String key = account + "/" + about.at() + "/" + about.max().minorUnits() + "/" + about.packageCredits() + "/"
                + about.cards().hashCode();
        return of(type, account, key, step.now()).until(about.notBefore());
    }
}
