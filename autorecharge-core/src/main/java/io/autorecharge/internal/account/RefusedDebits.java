package io.autorecharge.internal.account;

import io.autorecharge.account.RequestedCredits;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers refused debits after the host's transaction has ended, committed or not, on a thread of the library: the host's thread may still
 * hold its connection and its locks. Many refused debits of one account are remembered together. Thread-safe.
 */
public final class RefusedDebits {
    private static final Logger log = LoggerFactory.getLogger(RefusedDebits.class);

    private final AccountTransactions transactions;
    private final Executor threads;
    private final Consumer<AccountId> check;
    private final Clock clock;
    private final Map<AccountId, Credits> waiting = new ConcurrentHashMap<>();

    /**
     * @param threads runs tasks on threads of the library; drops them when it is closed
     * @param check checks an account soon
     */
    public RefusedDebits(AccountTransactions transactions, Executor threads, Consumer<AccountId> check, Clock clock) {
        this.transactions = transactions;
        this.threads = threads;
        this.check = check;
        this.clock = clock;
    }

    /** A debit of {@code credits} was refused, in a transaction that has ended. */
    public void refused(AccountId account, Credits credits) {
        boolean first = waiting.put(account, larger(credits, waiting.get(account))) == null;
        if (first) {
            threads.execute(() -> remember(account));
        }
    }

    private static Credits larger(Credits one, @Nullable Credits other) {
        return other != null && one.isLessThan(other) ? other : one;
    }

    private void remember(AccountId account) {
        Credits credits = waiting.remove(account);
        if (credits == null) {
            return;
        }
        try {
            transactions.run(account, step -> {
                RequestedCredits requested = RequestedCredits.of(
                        credits, step.now(), step.account().state().requested());
                if (step.account().isRechargeable()
                        && requested.isOpen(step.account().balance(), clock.instant())) {
                    step.tx().save(step.account().state().requesting(requested));
                }
                return account;
            });
            check.accept(account);
        } catch (RuntimeException e) {
            log.warn("account={}: a refused debit was not remembered; the host may repeat it", account, e);
        }
    }
}
