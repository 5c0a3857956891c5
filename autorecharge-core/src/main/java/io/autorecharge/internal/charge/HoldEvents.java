package io.autorecharge.internal.charge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.EventType;
import io.autorecharge.internal.account.Step;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import java.util.EnumSet;
import java.util.Set;

/**
 * Publishes why a low account is not recharged, once per cause, however often it is checked: what makes two causes different is part of the
 * event's id.
 */
final class HoldEvents {
    private static final Set<HoldReason> LIMITS = EnumSet.of(HoldReason.PURCHASE_LIMIT, HoldReason.SPEND_LIMIT);

    private static final Set<HoldReason> REPORTED = EnumSet.of(HoldReason.CARD_LIMIT, HoldReason.CARD_STOPPED);

    private HoldEvents() {}

    static void publish(Step step, Decision.Hold hold) {
        AccountId account = step.account().id();
        if (LIMITS.contains(hold.reason())) {
            // The end of the window is part of the id: one event per exceeded limit.
            step.publish(of(EventType.LIMIT_REACHED, account, account + "/" + hold.until(), step.now())
                    .because(hold.reason().name())
                    .until(hold.until()));
        } else if (REPORTED.contains(hold.reason())) {
            step.publish(of(EventType.RECHARGE_HELD, account, account + "/" + cause(step, hold), step.now())
                    .because(hold.reason().name())
                    .until(hold.until()));
        }
    }

    /** The reason, its end, and the last recharge: after another recharge the same reason is another cause. */
    private static String cause(Step step, Decision.Hold hold) {
        return hold.reason() + "/" + hold.until() + "/" + step.account().state().lastOpenedAt();
    }
}
