package io.autorecharge.policy;

import io.autorecharge.account.Announcement;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Holds a charge until its announced time is over by every clock. Two nodes that charge differ from the provider's time by the tolerance at
 * most, one ahead and one behind, so their clocks differ by twice that: the node that charges waits so much longer.
 *
 * @param length how long before a charge it is announced; null when charges are not announced
 * @param skew by how much the clocks of two nodes may differ
 */
record Notice(@Nullable Duration length, Duration skew) {
    static final Notice NONE = new Notice(null, Duration.ZERO);

    /** From when on a node may charge what was announced. */
    Instant over(Instant notBefore) {
        return notBefore.plus(skew);
    }

    /**
     * Whether a charge that everything else allows has to wait.
     *
     * @param announced what was announced to the account; null when nothing was
     */
    Decision decide(@Nullable Announcement announced, Decision.Recharge wanted, Instant now) {
        if (isMissing(announced, wanted)) {
            return new Decision.Hold(HoldReason.ANNOUNCED, over(notBefore(announced, now)));
        }
        // Also where charges are no longer announced: the customer was told this time.
        return announced != null && now.isBefore(over(announced.notBefore()))
                ? new Decision.Hold(HoldReason.ANNOUNCED, over(announced.notBefore()))
                : wanted;
    }

    /** Whether a charge must be announced, or announced anew. */
    boolean isMissing(@Nullable Announcement announced, Decision.Recharge wanted) {
        return length != null && (announced == null || gap(announced, wanted) != null);
    }

    static Announcement.@Nullable Gap gap(Announcement announced, Decision.Recharge wanted) {
        Money ofPackage = wanted.chosen().price();
        return announced.gap(
                wanted.price(),
                wanted.chosen().credits(),
                ofPackage,
                wanted.method().card());
    }

    /** The time to announce. It is never earlier than one that was announced before. */
    Instant notBefore(@Nullable Announcement before, Instant now) {
        Instant next = length == null ? now : now.plus(length);
        return before != null && before.notBefore().isAfter(next) ? before.notBefore() : next;
    }
}
