package io.autorecharge.internal.externalledger;

import io.autorecharge.credit.AccountId;
import io.autorecharge.internal.pacing.RetryDelays;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.PendingGrants;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads balances elsewhere. A ledger that fails is left in peace for a while, account by account, by this node. */
final class BalanceReader {
    private static final Logger log = LoggerFactory.getLogger(BalanceReader.class);

    private final Ledger ledger;
    private final Clock clock;
    private final Map<AccountId, Miss> misses = new ConcurrentHashMap<>();

    BalanceReader(Ledger ledger, Clock clock) {
        this.ledger = ledger;
        this.clock = clock;
    }

    /** Never throws for a ledger that fails: what a payment's outcome has to write is written without the balance, too. */
    BalanceReading read(AccountId account, PendingGrants grants) {
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
            log.warn(
                    "account={}: its ledger does not tell the balance and is asked again at {}: {}",
                    account,
                    next,
                    e.toString());
            log.debug("account={}", account, e);
            return new BalanceReading(grants, null, next);
        }
    }

    private record Miss(int inARow, Instant nextAt) {}
}
