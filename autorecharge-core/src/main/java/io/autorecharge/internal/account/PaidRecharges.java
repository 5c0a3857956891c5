package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.UserRules;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Limits;
import java.time.Instant;

/** What follows for an account after a recharge was paid: it has used nothing since, and may be close to a limit of money. */
public final class PaidRecharges {
    private final StandingReader standingReader;

    public PaidRecharges(StandingReader standingReader) {
        this.standingReader = standingReader;
    }

    /** After a recharge was paid and granted: until something is used, the account needs no other one, if this has left enough. */
    public void paid(Step step, Instant openedAt) {
        Account account = step.account();
        boolean enough = standingReader.balanceDoubt(step) == null
                && !standingReader.orStandard(step).isLow(account);
        step.tx().save(account.state().unused(enough));
        warn(step, openedAt);
    }

    /**
     * Publishes which parts of its limits of money the account has used, after a recharge was paid. In the transaction that records the
     * payment, so that each is published once, whatever the node.
     *
     * @param openedAt when the recharge was opened: it counts toward the periods of that time
     */
    private void warn(Step step, Instant openedAt) {
        Account account = step.account();
        UserRules rules = account.state().rules();
        Limits limits = standingReader.orStandard(step).limits();
        if (!limits.limitMoney(rules)) {
            return;
        }
        limits.warnings(step.tx().countedSince(limits.countedFrom(openedAt, rules)), openedAt, rules).stream()
                .filter(warning -> warning.until().isAfter(step.now()))
                .forEach(warning -> step.publish(AutoRechargeEvent.of(
                                EventType.LIMIT_WARNING,
                                account.id(),
                                account.id() + "/" + warning.limit() + "/" + warning.percent() + "/" + warning.most()
                                        + "/" + warning.until(),
                                step.now())
                        .about(String.valueOf(warning.percent()))
                        .because(warning.limit().name())
                        .spent(warning.spent())
                        .until(warning.until())));
    }
}
