package io.autorecharge.credit;

/** The result of a debit. */
public sealed interface DebitResult {
    /** The account's balance after the debit; the current balance where nothing was taken. */
    Credits balance();

    /** Whether the debit took the balance across the threshold of an account with auto-recharge on: the account is due now. */
    default boolean crossed() {
        return false;
    }

    /** The credits were taken and the entry was written. */
    record Applied(LedgerEntry entry, boolean crossed) implements DebitResult {
        @Override
        public Credits balance() {
            return entry.balanceAfter();
        }
    }

    /** The same debit was applied before; nothing was taken now. The balance is the one after the first time. */
    record Replayed(LedgerEntry entry) implements DebitResult {
        @Override
        public Credits balance() {
            return entry.balanceAfter();
        }
    }

    /**
     * The balance does not cover the debit; nothing was taken.
     *
     * @param rechargeUnderWay whether a recharge for this debit is tried now, so that the same debit may be worth repeating in some seconds. It
     *     may still be held, by a limit for example; the account's status says so
     */
    record Refused(Credits balance, boolean rechargeUnderWay) implements DebitResult {
        /** Refused, and no recharge follows. */
        public Refused(Credits balance) {
            this(balance, false);
        }
    }
}
