package io.autorecharge.internal.externalledger;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.PendingPostings;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads balances from an external ledger. After a failure this node does not ask for the account's balance for a while.
 */
final class BalanceReader {
    private static final Logger log = LoggerFactory.getLogger(BalanceReader.class);
    private static final FailureLog FAILURES = new FailureLog(log, System::nanoTime);

    private final Ledger ledger;
    private final Clock clock;
    private final Map<AccountId, Miss> misses = new ConcurrentHashMap<>();

    BalanceReader(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Never throws when the ledger fails: the outcome of a payment is recorded without the balance, too. */
    BalanceReading read(AccountId account, PendingPostings grants) {
        Miss before = misses.get(account);
        if (before != null && before.nextAt().isAfter(clock.instant())) {
            return new BalanceReading(grants, null, before.nextAt());
        }
        try {
            BalanceReading reading = new BalanceReading(grants, ledger.balance(account), null);
            misses.remove(account);
            return reading;
        } catch (RuntimeException e) {
            int inARow = before == null ? 0 : before.inARow() + 1;
            Instant next = clock.instant().plus(RetryDelays.ofBalance(inARow));
            misses.put(account, new Miss(inARow, next));
            FAILURES.failed("account=" + account + ": its ledger did not report a balance; next request at " + next, e);
            log.debug("account={}", account, e);
            return new BalanceReading(grants, null, next);
        }
    }

    private record Miss(int inARow, Instant nextAt) {}
}
