package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.Usage;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Credits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.SmartThreshold;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Measures how fast accounts use their credits, for a smart threshold. Every few hours a step compares the account with a few marks of earlier
 * days, so no debit counts anything and no step reads the ledger.
 */
final class UsageMeter {
    private UsageMeter() {}

    /** Brings the stored use up to date, if it is time, and the stored raise in any case. */
    static void measure(Step step, RechargePolicy policy) {
        Account account = step.account();
        Optional<SmartThreshold> smart = policy.smartThreshold();
        if (smart.isEmpty() || !isWatched(account)) {
            forget(step, smart.isEmpty());
            return;
        }
        Usage before = account.state().usage();
        Usage measured = before == null || isOld(before, step.now()) ? measured(step, smart.get()) : before;
        Usage raised = measured.raised(policy.raise(account.settings(), measured), policy.maxRaise(account.settings()));
        step.tx().save(account.state().using(raised));
    }

    /** Also after the clock was set back. */
    private static boolean isOld(Usage usage, Instant now) {
        return !usage.measuredAt().plus(SmartThreshold.MEASURED_EVERY).isAfter(now)
                || usage.measuredAt().isAfter(now.plus(SmartThreshold.MEASURED_EVERY));
    }

    private static Usage measured(Step step, SmartThreshold smart) {
        List<UsageMark> kept = step.tx().usageMarks();
        List<UsageMark> superfluous = smart.superfluous(kept, step.now());
        List<UsageMark> marks =
                kept.stream().filter(mark -> !superfluous.contains(mark)).toList();
        UsageMark now = step.tx().usageMark(step.now());
        Credits perHour = smart.perHour(marks, now).orElse(null);
        if (smart.isMarkDue(marks, step.now())) {
            step.tx().saveMarks(now, superfluous);
        }
        return new Usage(perHour, step.now(), Credits.ZERO, Credits.ZERO);
    }

    /** An account that is not recharged has its threshold as it is. */
    private static void forget(Step step, boolean marksToo) {
        @Nullable Usage before = step.account().state().usage();
        if (before == null) {
            return;
        }
        if (marksToo) {
            step.tx().saveMarks(null, step.tx().usageMarks());
        }
        step.tx().save(step.account().state().using(null));
    }

    /** When the account is to be measured next; empty if it is not. */
    static Optional<Instant> nextAt(Account account) {
        return Optional.ofNullable(account.state().usage())
                .map(usage -> usage.measuredAt().plus(SmartThreshold.MEASURED_EVERY));
    }

    private static boolean isWatched(Account account) {
        return account.settings().enabled()
                && account.settings().credits() != null
                && account.method() != null
                && account.state().suspension() == null;
    }
}
