package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Posting;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.Trigger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * Tests guards of the store that no run reaches while the guards before them hold: the second open recharge, and the second grant of one
 * charge. Rolls everything back.
 */
final class Probes {
    private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

    private final RechargeStore store;

    Probes(RechargeStore store) {
        this.store = store;
    }

    List<String> check(AccountId account, List<LedgerEntry> ledger) {
        List<String> found = new ArrayList<>();
        try {
            store.inTransaction(account, tx -> {
                secondGrant(tx, ledger, found);
                secondOpen(tx, account, found);
                throw new RolledBack();
            });
        } catch (RolledBack e) {
            return found;
        } catch (RuntimeException e) {
            found.add("a guard of the store threw instead of refusing: " + e);
            return found;
        }
        throw new IllegalStateException("a transaction whose work threw was committed");
    }

    private static void secondGrant(AccountTransaction tx, List<LedgerEntry> ledger, List<String> found) {
        for (LedgerEntry entry : ledger) {
            if (entry.type() == EntryType.PURCHASE && entry.reference().startsWith(Reference.OWN)) {
                Posting again = new Posting(
                        EntryType.PURCHASE, Category.PAID, entry.amount(), "again", entry.reference(), null);
                if (tx.post(List.of(again), AT)) {
                    found.add("the ledger accepted " + entry.reference() + " a second time");
                }
            }
        }
    }

    private static void secondOpen(AccountTransaction tx, AccountId account, List<String> found) {
        if (tx.openRecharge().isEmpty() && !opens(tx, account, "probe-1")) {
            found.add("the store refuses a recharge although none is open");
        } else if (opens(tx, account, "probe-2")) {
            found.add("the store opens a second recharge");
        }
    }

    private static boolean opens(AccountTransaction tx, AccountId account, String id) {
        Money price = Money.of("9.00", "USD");
        RechargeId recharge = new RechargeId(id);
        return tx.open(
                new Recharge(
                        account,
                        recharge,
                        Trigger.SWEEP,
                        RechargeState.OPEN,
                        100,
                        Credits.of(100),
                        Credits.ZERO,
                        price,
                        Credits.ZERO,
                        AT,
                        null),
                new Attempt(
                        new AttemptTerms(
                                account,
                                recharge,
                                new AttemptId(id + "-attempt"),
                                1,
                                "cus_probe",
                                "pm_probe",
                                null,
                                price,
                                "probe",
                                new InstallationId("probe")),
                        new AttemptProgress(AttemptState.OPEN, 0, 0, 0, false, AT, AT, AT, null, null, null)));
    }

    private static final class RolledBack extends RuntimeException {
        private static final long serialVersionUID = 1L;

        RolledBack() {
            super("rolled back", null, false, false);
        }
    }
}
