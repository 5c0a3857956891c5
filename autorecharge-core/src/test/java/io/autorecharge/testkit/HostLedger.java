package io.autorecharge.testkit;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A ledger of a host, outside the store: applies each reference once, knows no thresholds, and fails as a test scripts it. Safe for use
 * by many threads.
 */
public final class HostLedger implements Ledger {
    private final Ledger entries = new InMemoryStore();
    private final Deque<Fault> faults = new ArrayDeque<>();
    private final Set<AccountId> silent = ConcurrentHashMap.newKeySet();
    private final List<String> delivered = new CopyOnWriteArrayList<>();
    private final List<AccountId> asked = new CopyOnWriteArrayList<>();
    private final Runnable onCall;
    private volatile boolean down;
    private volatile @Nullable Runnable meanwhile;

    /** @param onCall runs at the start of every call */
    public HostLedger(Runnable onCall) {
        this.onCall = onCall;
    }

    /** The result of one delivery. */
    public enum Fault {
        /** Written and confirmed. */
        NONE,
        /** Refused before anything was written. */
        BEFORE,
        /** Written, but the answer is lost. */
        AFTER,
        /** The caller's process ends before anything is written. */
        KILLED_BEFORE,
        /** The caller's process ends after it is written. */
        KILLED_AFTER
    }

    /** The end of a process; the library does not catch it. */
    public static final class Killed extends Error {
        private static final long serialVersionUID = 1L;
    }

    /** Scripts the next delivery without a fault. */
    public synchronized void failNext(Fault fault) {
        faults.add(fault);
    }

    /** Lets every call fail, or none. */
    public void down(boolean value) {
        down = value;
    }

    /** Reading the balance of this account fails. */
    public void silentAbout(AccountId account) {
        silent.add(account);
    }

    /** Runs the action after the next balance is read and before it is returned, so that the balance is stale. */
    public void beforeNextBalanceReturns(Runnable work) {
        meanwhile = work;
    }

    /** The references of all delivery attempts, in order. */
    public List<String> deliveries() {
        return List.copyOf(delivered);
    }

    /** How often the balance was read. */
    public int balanceReads(AccountId account) {
        return (int) asked.stream().filter(account::equals).count();
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        delivered.add(posting.reference());
        call();
        Fault fault = nextFault();
        if (fault == Fault.KILLED_BEFORE) {
            throw new Killed();
        }
        if (fault == Fault.BEFORE) {
            throw new IllegalStateException("refused by the test");
        }
        LedgerEntry entry = entries.post(account, posting, at);
        if (fault == Fault.KILLED_AFTER) {
            throw new Killed();
        }
        if (fault == Fault.AFTER) {
            throw new IllegalStateException("the answer was lost by the test");
        }
        return entry;
    }

    private synchronized @Nullable Fault nextFault() {
        return faults.poll();
    }

    private void call() {
        onCall.run();
        if (down) {
            throw new IllegalStateException("the ledger is down");
        }
    }

    @Override
    public Credits smallest() {
        return Credits.SMALLEST;
    }

    @Override
    public Credits balance(AccountId account) {
        asked.add(account);
        call();
        if (silent.contains(account)) {
            throw new IllegalStateException("the ledger reports no balance of " + account);
        }
        Credits balance = entries.balance(account);
        Runnable work = meanwhile;
        if (work != null) {
            meanwhile = null;
            work.run();
        }
        return balance;
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        call();
        return entries.debit(debit, thresholdInclusive, at);
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        call();
        return entries.grant(grant, at);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return entries.entries(account, beforeSequence, limit);
    }
}
