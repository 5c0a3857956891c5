package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.internal.externalledger.ExternalLedgerTransaction;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Standing;
import io.autorecharge.policy.VelocityAlarm;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads what the policy decides on, within a transaction, and keeps the account's next look in step with it. */
public final class StandingReader {
    /** A page that is due is looked at before; where nobody can look, it must not keep the account due for ever. */
    private static final Duration OVERDUE = Duration.ofMinutes(1);

    private final RechargePolicy policy;

    public StandingReader(RechargePolicy policy) {
        this.policy = policy;
    }

    /** Decides on data that nobody can change before the transaction ends. */
    public Decision decide(AccountTransaction tx, Instant now) {
        return policy.decide(read(tx, now));
    }

    private Standing read(AccountTransaction tx, Instant now) {
        Account account = tx.account();
        return new Standing(
                account.id(),
                now,
                account.balance(),
                doubt(tx, now),
                account.settings(),
                account.state().consent(),
                account.method(),
                account.state().suspension(),
                openUntil(tx, now),
                account.state().retryAt(),
                account.state().lastOpenedAt(),
                tx.countedSince(policy.limits().countedFrom(now)));
    }

    /** A recharge that its customer may be paying on the page is as open as one that is being charged. */
    private @Nullable Instant openUntil(AccountTransaction tx, Instant now) {
        return tx.openRecharge()
                .map(open -> open.attempt().nextCheckAt())
                .or(() -> openRecovery(tx).map(Checkout::nextCheckAt).map(at -> ahead(at, now)))
                .orElse(null);
    }

    /** The page that is to pay a recharge whose customer had to be present. */
    public Optional<Checkout> openRecovery(AccountTransaction tx) {
        return tx.openCheckouts().stream().filter(it -> it.recovers() != null).findFirst();
    }

    private static Instant ahead(Instant at, Instant now) {
        return at.isAfter(now) ? at : now.plus(OVERDUE);
    }

    /** The policy's alarm, when the recharge that has just been opened begins a breach of it. */
    public Optional<VelocityAlarm> alarm(AccountTransaction tx, Instant now) {
        return Optional.ofNullable(policy.velocityAlarm())
                .filter(alarm -> alarm.begins(tx.countedSince(alarm.countedFrom(now)).stream()
                        .map(PastRecharge::openedAt)
                        .toList()));
    }

    /** Why nothing can be decided on the account's balance now; null when something can. */
    public Decision.@Nullable Hold doubt(AccountTransaction tx, Instant now) {
        return ExternalLedgerTransaction.doubt(tx, now);
    }

    /**
     * Whether an attempt that was claimed earlier is still wanted: nobody has switched off, taken back consent, topped up by hand, been
     * suspended, changed the card, or chosen another package since. One that
     * is in doubt keeps its package: it may have been bought already.
     */
    public boolean stillWanted(AccountTransaction tx, RechargeWithAttempt open) {
        Account account = tx.account();
        return account.settings().enabled()
                && account.state().consent() != null
                && account.state().suspension() == null
                && account.method() != null
                && account.method().id().equals(open.attempt().paymentMethodId())
                && (open.attempt().inDoubt() || isChosen(account, open.recharge()))
                && policy.isLow(account.balance(), account.settings().threshold());
    }

    private static boolean isChosen(Account account, Recharge recharge) {
        Integer credits = account.settings().credits();
        return credits != null && credits == recharge.packageCredits();
    }

    /** Writes when to look at the account next. Every transaction that changes something ends with it, so no wake-up is lost. */
    public void schedule(AccountTransaction tx, Instant now) {
        Stream<Instant> checkouts = tx.openCheckouts().stream()
                .map(Checkout::nextCheckAt)
                .filter(Objects::nonNull)
                .map(at -> ahead(at, now));
        Instant next = Stream.of(
                        Stream.ofNullable(nextOfRecharge(tx, now)), checkouts, ExternalLedgerTransaction.looks(tx, now))
                .flatMap(looks -> looks)
                .min(Instant::compareTo)
                .orElse(null);
        tx.save(tx.account().state().dueAt(next));
    }

    private @Nullable Instant nextOfRecharge(AccountTransaction tx, Instant now) {
        Optional<RechargeWithAttempt> open = tx.openRecharge();
        if (open.isPresent()) {
            return open.get().attempt().nextCheckAt();
        }
        Decision decision = decide(tx, now);
        if (decision instanceof Decision.Hold hold) {
            return hold.until();
        }
        return now;
    }
}
