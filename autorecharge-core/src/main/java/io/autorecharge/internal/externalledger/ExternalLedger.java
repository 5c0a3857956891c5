package io.autorecharge.internal.externalledger;

import io.autorecharge.account.Account;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.policy.Threshold;
import io.autorecharge.store.AfterCommit;
import io.autorecharge.store.Ledger;
import io.autorecharge.store.Posting;
import io.autorecharge.store.RechargeStore;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A ledger in another service. It knows no thresholds, so this class finds out whether a debit crossed, and makes the account due. */
public final class ExternalLedger implements Ledger {
    private static final Logger log = LoggerFactory.getLogger(ExternalLedger.class);

    private final Ledger ledger;
    private final RechargeStore store;
    private final AfterCommit afterCommit;

    /** @param store holds the settings of the accounts */
    public ExternalLedger(Ledger ledger, RechargeStore store, AfterCommit afterCommit) {
        this.ledger = ledger;
        this.store = store;
        this.afterCommit = afterCommit;
    }

    @Override
    public DebitResult debit(Debit debit, boolean thresholdInclusive, Instant at) {
        DebitResult result = ledger.debit(debit, thresholdInclusive, at);
        if (result instanceof DebitResult.Refused) {
            return result;
        }
        // A repeated debit counts too: the answer to the first one may never have arrived.
        boolean crossed = result.crossed() || isCrossed(debit, thresholdInclusive, result.balance());
        if (crossed) {
            afterCommit.run(() -> markDue(debit, at));
        }
        return result instanceof DebitResult.Applied applied
                ? new DebitResult.Applied(applied.entry(), crossed)
                : result;
    }

    private boolean isCrossed(Debit debit, boolean thresholdInclusive, Credits after) {
        try {
            return store.find(debit.account())
                    .map(Account::settings)
                    .filter(Settings::enabled)
                    .map(settings -> new Threshold(settings.threshold(), thresholdInclusive))
                    .filter(threshold -> threshold.isCrossed(after.plus(debit.amount()), after))
                    .isPresent();
        } catch (RuntimeException e) {
            logUntilNextCheck(debit, e);
            return false;
        }
    }

    private void markDue(Debit debit, Instant at) {
        try {
            store.markDue(debit.account(), at);
        } catch (RuntimeException e) {
            logUntilNextCheck(debit, e);
        }
    }

    /** The credits are taken: an exception now would make the caller take them again. */
    private static void logUntilNextCheck(Debit debit, RuntimeException e) {
        log.warn("account={}: a debit was applied; its next check decides whether to recharge", debit.account(), e);
    }

    @Override
    public LedgerEntry grant(Grant grant, Instant at) {
        return ledger.grant(grant, at);
    }

    @Override
    public LedgerEntry post(AccountId account, Posting posting, Instant at) {
        return ledger.post(account, posting, at);
    }

    @Override
    public Credits smallest() {
        return ledger.smallest();
    }

    @Override
    public Credits balance(AccountId account) {
        return ledger.balance(account);
    }

    @Override
    public List<LedgerEntry> entries(AccountId account, long beforeSequence, int limit) {
        return ledger.entries(account, beforeSequence, limit);
    }
}
