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

    /** The balance does not cover the debit; nothing was taken. */
    record Refused(Credits balance) implements DebitResult {}
}
