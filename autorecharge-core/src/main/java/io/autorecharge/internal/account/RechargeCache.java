package io.autorecharge.internal.account;

import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one transaction knows about the account's recharges and attempts, and those that it still has to write. */
final class RechargeCache {
    private final AccountTransaction tx;
    private final Map<AttemptId, RechargeWithAttempt> known = new HashMap<>();
    private final Map<AttemptId, Attempt> changedAttempts = new LinkedHashMap<>();
    private final Map<RechargeId, Recharge> changedRecharges = new LinkedHashMap<>();

    /** Whether {@link #open} says which recharge is open. */
    private boolean openIsKnown;

    private @Nullable RechargeWithAttempt open;

    private @Nullable Counted counted;

    private record Counted(Instant from, List<PastRecharge> recharges) {
        Counted with(Recharge opened) {
            boolean counts = opened.state() == RechargeState.OPEN || opened.state() == RechargeState.PAID;
            Stream<PastRecharge> all = opened.openedAt().isBefore(from) || !counts
                    ? recharges.stream()
                    : Stream.concat(recharges.stream(), Stream.of(new PastRecharge(opened.openedAt(), opened.price())));
            return new Counted(
                    from,
                    all.sorted(Comparator.comparing(PastRecharge::openedAt)).toList());
        }
    }

    RechargeCache(AccountTransaction tx) {
        this.tx = tx;
    }

    Optional<RechargeWithAttempt> open() {
        if (!openIsKnown) {
            flush();
            Optional<RechargeWithAttempt> found = tx.openRecharge();
            found.ifPresent(it -> known.put(it.attempt().id(), it));
            nowOpen(found.orElse(null));
        }
        return Optional.ofNullable(open);
    }

    private void nowOpen(@Nullable RechargeWithAttempt it) {
        open = it;
        openIsKnown = true;
    }

    Optional<RechargeWithAttempt> of(AttemptId attempt) {
        RechargeWithAttempt remembered = known.get(attempt);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        flush();
        Optional<RechargeWithAttempt> found = tx.rechargeOf(attempt);
        found.ifPresent(this::remember);
        return found;
    }

    /** An account has at most one open recharge, and an attempt that is open is the latest of its recharge. */
    private void remember(RechargeWithAttempt it) {
        known.put(it.attempt().id(), it);
        if (it.recharge().state() == RechargeState.OPEN && it.attempt().state() == AttemptState.OPEN) {
            nowOpen(it);
        }
    }

    List<PastRecharge> countedSince(Instant from) {
        Counted read = counted;
        if (read == null || from.isBefore(read.from())) {
            flush();
            read = new Counted(from, tx.countedSince(from));
            counted = read;
        }
        return read.recharges().stream()
                .filter(it -> !it.openedAt().isBefore(from))
                .toList();
    }

    boolean open(Recharge recharge, Attempt attempt) {
        flush();
        boolean opened = tx.open(recharge, attempt);
        if (opened) {
            remember(new RechargeWithAttempt(recharge, attempt));
            counted = counted == null ? null : counted.with(recharge);
        } else {
            openIsKnown = false;
            counted = null;
        }
        return opened;
    }

    void open(Attempt next) {
        flush();
        tx.open(next);
        known.values().stream()
                .filter(it -> it.recharge().id().equals(next.recharge()))
                .findFirst()
                .ifPresentOrElse(
                        it -> remember(new RechargeWithAttempt(it.recharge(), next)), () -> openIsKnown = false);
    }

    void save(Attempt attempt) {
        RechargeWithAttempt before = known.get(attempt.id());
        if (before == null) {
            tx.save(attempt);
            openIsKnown = false;
        } else if (before.attempt().state() == AttemptState.OPEN || attempt.state() == AttemptState.PAID) {
            changedAttempts.put(attempt.id(), attempt);
            replace(before, new RechargeWithAttempt(before.recharge(), attempt));
        }
    }

    void save(Recharge recharge) {
        List<RechargeWithAttempt> before = known.values().stream()
                .filter(it -> it.recharge().id().equals(recharge.id()))
                .toList();
        if (before.isEmpty()) {
            tx.save(recharge);
            openIsKnown = false;
        } else if (before.get(0).recharge().state() == RechargeState.OPEN || recharge.state() == RechargeState.PAID) {
            changedRecharges.put(recharge.id(), recharge);
            before.forEach(it -> replace(it, new RechargeWithAttempt(recharge, it.attempt())));
        }
        counted = null;
    }

    private void replace(RechargeWithAttempt before, RechargeWithAttempt after) {
        known.put(after.attempt().id(), after);
        boolean wasOpen = before.recharge().state() == RechargeState.OPEN;
        if (wasOpen && after.recharge().state() != RechargeState.OPEN) {
            nowOpen(null);
        } else if (openIsKnown && before.equals(open)) {
            nowOpen(after);
        }
    }

    void flush() {
        changedAttempts.values().forEach(tx::save);
        changedAttempts.clear();
        changedRecharges.values().forEach(tx::save);
        changedRecharges.clear();
    }
}
