package io.autorecharge.testkit;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.Grace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.RequestedCredits;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.ReferenceConflictException;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.Threshold;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.PendingPosting;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All rows of one account, guarded by its lock. Changes are undone if their transaction fails. */
final class InMemoryAccount {
    final ReentrantLock lock = new ReentrantLock();
    final List<LedgerEntry> ledger = new ArrayList<>();
    final Map<RechargeId, Recharge> recharges = new LinkedHashMap<>();
    final Map<AttemptId, Attempt> attempts = new LinkedHashMap<>();
    final Map<CheckoutId, Checkout> checkouts = new LinkedHashMap<>();
    final Map<String, List<Reversal>> reversals = new LinkedHashMap<>();
    final Map<String, PendingPosting> grants = new LinkedHashMap<>();
    final Map<String, OwedEntries> owed = new LinkedHashMap<>();
    final Map<Integer, ConsentRecord> consents = new LinkedHashMap<>();
    List<UsageMark> marks = List.of();
    private List<SavedMethod> listed = List.of();
    private final Map<String, LedgerEntry> byReference = new HashMap<>();
    private final Deque<Runnable> undo = new ArrayDeque<>();
    private Account row;
    private volatile @Nullable Account committed;

    InMemoryAccount(AccountId id, Settings settings) {
        row = new Account(id, Credits.ZERO, settings, null, null, AccountState.INITIAL);
    }

    Account row() {
        return row;
    }

    /** The committed state that others read; null until the first commit. */
    @Nullable
    Account committed() {
        return committed;
    }

    void row(Account next) {
        Account before = row;
        undo.push(() -> row = before);
        row = next;
    }

    void state(AccountState next) {
        row(new Account(row.id(), row.balance(), row.settings(), row.customerId(), row.method(), next));
    }

    void balance(Credits next) {
        row(new Account(row.id(), next, row.settings(), row.customerId(), row.method(), row.state()));
    }

    /** The list of an account without backups is told by its row. */
    PaymentMethods methods() {
        PaymentMethod primary = row.method();
        if (primary == null || row.state().backups() == 0) {
            return PaymentMethods.of(row);
        }
        PaymentMethods all = new PaymentMethods(listed);
        return all.contains(primary.id()) ? all : all.replacingPrimary(primary);
    }

    void methods(PaymentMethods methods) {
        List<SavedMethod> before = listed;
        undo.push(() -> listed = before);
        listed = methods.all().size() > 1 ? methods.all() : List.of();
        PaymentMethod primary = methods.primary().map(SavedMethod::method).orElse(null);
        String customer = primary == null ? row.customerId() : primary.customerId();
        int backups = Math.max(0, methods.all().size() - 1);
        row(new Account(
                row.id(),
                row.balance(),
                row.settings(),
                customer,
                primary,
                row.state().backups(backups)));
    }

    UsageMark usageMark(Instant at) {
        Credits credited = ledger.stream()
                .filter(it -> it.type() != EntryType.DEBIT)
                .map(LedgerEntry::amount)
                .reduce(Credits.ZERO, UsageMark::added);
        return new UsageMark(at, ledger.size(), row.balance(), credited);
    }

    void saveMarks(@Nullable UsageMark added, Collection<UsageMark> dropped) {
        List<UsageMark> before = marks;
        undo.push(() -> marks = before);
        marks = Stream.concat(before.stream(), Stream.ofNullable(added))
                .filter(mark -> !dropped.contains(mark))
                .sorted(Comparator.comparing(UsageMark::at))
                .toList();
    }

    void change(Runnable change, Runnable back) {
        change.run();
        undo.push(back);
    }

    <K, V> void put(Map<K, V> table, K key, V value) {
        V before = table.put(key, value);
        undo.push(() -> {
            if (before == null) {
                table.remove(key);
            } else {
                table.put(key, before);
            }
        });
    }

    /** @return the entry with the reference, if it is of the same kind */
    @Nullable
    LedgerEntry holding(String reference, EntryType type, Credits signed) {
        LedgerEntry held = byReference.get(reference);
        if (held != null && (held.type() != type || !held.amount().equals(signed))) {
            throw new ReferenceConflictException(held, type, signed);
        }
        return held;
    }

    List<PastRecharge> countedSince(Instant from) {
        return recharges.values().stream()
                .filter(r -> r.state() == RechargeState.OPEN || r.state() == RechargeState.PAID)
                .filter(r -> !r.openedAt().isBefore(from))
                .map(r -> new PastRecharge(r.openedAt(), r.price()))
                .toList();
    }

    List<Attempt> attemptsOf(RechargeId recharge) {
        return attempts.values().stream()
                .filter(it -> it.recharge().equals(recharge))
                .sorted(Comparator.comparingInt(Attempt::number))
                .toList();
    }

    Optional<Posting> posted(String reference) {
        return Optional.ofNullable(byReference.get(reference))
                .map(Posting::of)
                .or(() -> Optional.ofNullable(grants.get(reference)).map(PendingPosting::posting));
    }

    List<Posting> reversalsOf(String purchase) {
        return Stream.concat(
                        ledger.stream().map(Posting::of),
                        grants.values().stream().map(PendingPosting::posting))
                .filter(it -> it.type() == EntryType.REVERSAL && purchase.equals(it.linkedTo()))
                .toList();
    }

    <K, V> void remove(Map<K, V> table, K key) {
        V before = table.remove(key);
        if (before != null) {
            undo.push(() -> table.put(key, before));
        }
    }

    /** @return how many failed recharges were deleted */
    int purge(Instant before, int limit) {
        Instant last = recharges.values().stream()
                .map(Recharge::openedAt)
                .max(Instant::compareTo)
                .orElse(Instant.MIN);
        List<Recharge> old = recharges.values().stream()
                .filter(it -> it.state() == RechargeState.FAILED || it.state() == RechargeState.ABANDONED)
                .filter(it -> it.closedAt() != null && it.closedAt().isBefore(before))
                .filter(it -> it.openedAt().isBefore(last))
                .filter(it -> attempts.values().stream()
                        .filter(attempt -> attempt.recharge().equals(it.id()))
                        .noneMatch(this::isNeeded))
                .limit(limit)
                .toList();
        for (Recharge recharge : old) {
            attempts.values().stream()
                    .filter(it -> it.recharge().equals(recharge.id()))
                    .toList()
                    .forEach(it -> remove(attempts, it.id()));
            remove(recharges, recharge.id());
        }
        return old.size();
    }

    private boolean isNeeded(Attempt attempt) {
        return attempt.state() == AttemptState.OPEN
                || attempt.state() == AttemptState.PAID
                || checkouts.values().stream().anyMatch(it -> attempt.id().equals(it.recovers()));
    }

    boolean holds(String reference) {
        return byReference.containsKey(reference);
    }

    LedgerEntry append(Posting posting, Instant at) {
        if (holds(posting.reference())) {
            throw new StoreException(
                    false,
                    "reference '" + posting.reference() + "' of account '" + row.id() + "' is in the ledger",
                    null);
        }
        Credits after = row.balance().plus(posting.amount());
        LedgerEntry entry = new LedgerEntry(
                row.id(),
                ledger.size() + 1L,
                posting.type(),
                posting.category(),
                posting.amount(),
                after,
                posting.description(),
                posting.reference(),
                posting.linkedTo(),
                at);
        row(new Account(
                row.id(),
                after,
                row.settings(),
                row.customerId(),
                row.method(),
                row.state().unused(false)));
        ledger.add(entry);
        undo.push(() -> ledger.remove(ledger.size() - 1));
        put(byReference, entry.reference(), entry);
        return entry;
    }

    void promise(Posting posting, Instant at, Instant deliverAt) {
        if (grants.containsKey(posting.reference())) {
            throw new StoreException(
                    false, "reference '" + posting.reference() + "' of account '" + row.id() + "' is owed", null);
        }
        put(
                grants,
                posting.reference(),
                new PendingPosting(row.id(), grants.size() + 1L, posting, at, 0, deliverAt, null));
    }

    PendingPostings grants() {
        return new PendingPostings(
                grants.size(),
                grants.values().stream().filter(it -> it.deliveredAt() == null).toList());
    }

    Optional<Instant> dueAt() {
        return Optional.ofNullable(row.state().dueAt());
    }

    boolean isDue(Instant now) {
        return dueAt().filter(at -> !at.isAfter(now)).isPresent();
    }

    void makeDue(Instant at) {
        if (dueAt().filter(due -> !due.isAfter(at)).isEmpty()) {
            state(row.state().dueAt(at));
        }
    }

    /** @return 1 when the account became due, else 0 */
    int sweep(boolean all, boolean thresholdInclusive, Instant now) {
        boolean wanted = row.settings().enabled()
                && row.method() != null
                && row.state().suspension() == null
                && (row.state().dueAt() == null || (!all && isFar(now)))
                && (all || threshold(thresholdInclusive).isLow(row.balance()));
        wanted |= isOwed(now);
        if (wanted) {
            makeDue(now);
        }
        return wanted ? 1 : 0;
    }

    private boolean isFar(Instant now) {
        Instant due = row.state().dueAt();
        return due != null
                && due.isAfter(now.plus(RechargeStore.SWEPT_BEYOND))
                && !due.equals(row.state().retryAt());
    }

    private boolean isOwed(Instant now) {
        boolean soon = dueAt().filter(at -> !at.isAfter(now.plus(RechargeStore.OWED_WITHIN)))
                .isPresent();
        return !soon
                && owed.values().stream()
                        .anyMatch(it -> it.nextAt() != null && !it.nextAt().isAfter(now));
    }

    private Threshold threshold(boolean inclusive) {
        return new Threshold(row.wakesBelow(), inclusive);
    }

    DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        Credits signed = debit.amount().negated();
        LedgerEntry held = holding(debit.reference(), EntryType.DEBIT, signed);
        if (held != null) {
            return new DebitResult.Replayed(held);
        }
        Grace grace = row.state().grace();
        Credits allowed = grace == null ? Credits.ZERO : grace.allowed(at);
        if (!debit.overdraft() && row.balance().plus(allowed).isLessThan(debit.amount())) {
            boolean rechargeable = row.isRechargeable();
            if (rechargeable) {
                state(row.state()
                        .requesting(RequestedCredits.of(
                                debit.amount(), at, row.state().requested())));
                makeDue(at);
            }
            return new DebitResult.Refused(row.balance(), rechargeable);
        }
        Credits before = row.balance();
        LedgerEntry entry =
                append(new Posting(EntryType.DEBIT, null, signed, debit.description(), debit.reference(), null), at);
        boolean crossed =
                row.settings().enabled() && threshold(thresholdInclusive).isCrossed(before, row.balance());
        if (crossed) {
            makeDue(at);
        }
        return new DebitResult.Applied(entry, crossed);
    }

    LedgerEntry grant(Grant grant, Instant at) {
        if (row.state().announced() != null && byReference.get(grant.reference()) == null) {
            makeDue(at);
        }
        return post(
                new Posting(
                        EntryType.GRANT,
                        grant.category(),
                        grant.amount(),
                        grant.description(),
                        grant.reference(),
                        null),
                at);
    }

    LedgerEntry post(Posting posting, Instant at) {
        LedgerEntry held = holding(posting.reference(), posting.type(), posting.amount());
        return held != null ? held : append(posting, at);
    }

    void commit() {
        undo.clear();
        committed = row;
    }

    void rollBack() {
        while (!undo.isEmpty()) {
            undo.pop().run();
        }
    }
}
