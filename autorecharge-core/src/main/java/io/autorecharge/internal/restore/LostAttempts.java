package io.autorecharge.internal.restore;

import io.autorecharge.gateway.PaymentHistory.Charge;
import io.autorecharge.internal.account.LedgerPostings;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.AttemptSettlement;
import io.autorecharge.internal.charge.NextAttempt;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Recharge;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The further attempts of recharges in the provider's payment history. While a database is reconciled, a recharge whose attempt has failed
 * goes on with the attempt that followed then, and with no other: what comes next was decided before the database was lost. Immutable.
 */
final class LostAttempts implements NextAttempt {
    private static final Logger log = LoggerFactory.getLogger(LostAttempts.class);

    private final List<Charge> further;

    /** @param charges those of this installation */
    LostAttempts(Stream<Charge> charges) {
        this.further = charges.filter(it -> it.number() > 1)
                .sorted(Comparator.comparing(Charge::number))
                .toList();
    }

    /** How many attempts the recharge of a charge had, as far as the history says. */
    int attemptsOf(Charge charge) {
        return further.stream()
                .filter(it -> it.recharge().equals(charge.recharge()))
                .filter(it -> it.account().equals(charge.account()))
                .mapToInt(Charge::number)
                .reduce(charge.number(), Math::max);
    }

    @Override
    public boolean tryNext(Step step, Recharge recharge, Attempt failed, String code) {
        Optional<Charge> next = further.stream()
                .filter(it -> it.recharge().equals(recharge.id()))
                .filter(it -> it.account().equals(recharge.account()))
                .filter(it -> it.number() > failed.number())
                .findFirst()
                .filter(it -> follows(step, recharge, it));
        next.ifPresent(it -> open(step, failed, it, code));
        return next.isPresent();
    }

    private static boolean follows(Step step, Recharge recharge, Charge next) {
        String owner = step.account().customerId();
        return next.paymentMethodId() != null
                && next.customerId() != null
                && (owner == null || Objects.equals(owner, next.customerId()))
                && next.amount().equals(recharge.price())
                && next.number() <= recharge.maxAttempts()
                && step.tx().rechargeOf(next.attempt()).isEmpty();
    }

    private static void open(Step step, Attempt failed, Charge next, String code) {
        Attempt attempt = attempt(next);
        step.tx().open(attempt);
        AttemptSettlement.countCard(step, attempt);
        NextAttempt.publishFailed(step, failed, code);
        log.warn(
                "account={} recharge={} attempt={} failed: {}; attempt={} followed and is restored",
                failed.account(),
                failed.recharge(),
                failed.id(),
                code,
                attempt.id());
    }

    /** As it was when it was sent. */
    static Attempt attempt(Charge charge) {
        AttemptTerms terms = new AttemptTerms(
                charge.account(),
                charge.recharge(),
                charge.attempt(),
                charge.number(),
                String.valueOf(charge.customerId()),
                String.valueOf(charge.paymentMethodId()),
                charge.fingerprint(),
                charge.amount(),
                charge.terms() == null
                        ? ""
                        : LedgerPostings.describe(charge.terms().credits()),
                charge.installation());
        return new Attempt(terms, AttemptProgress.sentOnce(charge.at()));
    }
}
