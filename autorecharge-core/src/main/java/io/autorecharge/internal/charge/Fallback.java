package io.autorecharge.internal.charge;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.internal.account.StandingReader;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.policy.Decision;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens the next attempt of a recharge, with the next payment method, in the transaction that settles an attempt as failed for certain.
 * Opening it is a claim: everything is decided again under the account's lock, and the card is counted. It is sent like an attempt whose
 * earlier sends were all refused: by a check that holds a turn to call the provider.
 */
public final class Fallback implements NextAttempt {
    private static final Logger log = LoggerFactory.getLogger(Fallback.class);

    private final StandingReader standingReader;
    private final Supplier<String> ids;
    private final CurrentInstallation installation;

    public Fallback(StandingReader standingReader, Supplier<String> ids, CurrentInstallation installation) {
        this.standingReader = standingReader;
        this.ids = ids;
        this.installation = installation;
    }

    @Override
    public boolean tryNext(Step step, Recharge recharge, Attempt failed, String code) {
        boolean possible = recharge.state() == RechargeState.OPEN
                && failed.number() < recharge.maxAttempts()
                && step.account().state().backups() > 0;
        if (!possible) {
            return false;
        }
        List<Attempt> made = step.tx().attempts(recharge.id());
        if (made.size() != failed.number() || made.stream().anyMatch(it -> it.state() == AttemptState.PAID)) {
            return false;
        }
        Decision.Hold objection = standingReader.objection(step, recharge);
        if (objection != null) {
            log.info(
                    "account={} recharge={} is not tried with another payment method: {}",
                    recharge.account(),
                    recharge.id(),
                    objection.reason());
            return false;
        }
        Set<String> tried = made.stream().map(Attempt::card).collect(Collectors.toSet());
        for (SavedMethod candidate : step.tx().methods().usable(step.now())) {
            PaymentMethod method = candidate.method();
            Optional<Attempt> next =
                    tried.contains(method.card()) || !standingReader.isAnnounced(step, recharge, method)
                            ? Optional.empty()
                            : claimed(step, recharge, failed, method);
            if (next.isPresent()) {
                open(step, recharge, failed, next.get(), code);
                return true;
            }
        }
        return false;
    }

    private Optional<Attempt> claimed(Step step, Recharge recharge, Attempt failed, PaymentMethod method) {
        AttemptId id = new AttemptId(ids.get());
        if (standingReader.claimCard(step, method, id) != null) {
            return Optional.empty();
        }
        AttemptTerms terms =
                AttemptTerms.of(recharge, id, failed.number() + 1, method, failed.description(), installation.id());
        return Optional.of(new Attempt(terms, AttemptProgress.unsent(step.now())));
    }

    private static void open(Step step, Recharge recharge, Attempt failed, Attempt next, String code) {
        step.tx().open(next);
        // The wait of the account was over when this recharge began; each method has its own.
        AccountState before = step.account().state();
        step.tx().save(before.declined(before.declines(), null, before.suspension()));
        NextAttempt.publishFailed(step, failed, code);
        log.warn(
                "account={} recharge={} attempt={} failed: {}; attempt={} tries the next payment method",
                recharge.account(),
                recharge.id(),
                failed.id(),
                code,
                next.id());
    }
}
