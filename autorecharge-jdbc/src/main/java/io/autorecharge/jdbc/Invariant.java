package io.autorecharge.jdbc;

/** What must be true of every account at every moment, and can be read from its rows. Each is one query of {@link Verification}. */
public enum Invariant {
    /** The entries of an account's ledger add up to its balance. Not asked of a table of the host, whose own SQL may change balances. */
    LEDGER_ADDS_UP,
    /** The entries of an account are numbered 1, 2 … without a gap, and its state knows the last number. */
    LEDGER_HAS_NO_GAPS,
    /** Every entry leads from the balance after the one before to its own. Not asked of a table of the host, as above. */
    LEDGER_IS_A_CHAIN,
    /** Every paid attempt and every paid page has exactly one purchase entry, of the credits that were bought. */
    PAYMENTS_ARE_GRANTED_ONCE,
    /** Every paid recharge has its bonus, once a payment at most. What a purchase on the page earns is policy, and not checked. */
    BONUSES_ARE_GRANTED_ONCE,
    /** Every purchase entry has its paid attempt or page: no credits without money. */
    PURCHASES_ARE_PAID,
    /** Every bonus and every reversal is linked to the entry of the same account that it belongs to. */
    ENTRIES_ARE_LINKED,
    /**
     * Taken back of every purchase and bonus is the share of the money that is gone, never more. What was granted to a ledger elsewhere is
     * asked for the "never more" alone: how that ledger rounds is not known here.
     */
    REVERSALS_ARE_IN_PROPORTION,
    /** At most one recharge of an account is open. */
    ONE_RECHARGE_IS_OPEN,
    /** A recharge and its attempt tell of the same outcome. */
    RECHARGES_AGREE_WITH_ATTEMPTS,
    /** Whoever has an open recharge, or credits on their way to a ledger elsewhere, has a time at which somebody looks. */
    OPEN_IS_LOOKED_AT,
    /**
     * What was sent is decided in time: two days after the last send, which is 25 hours and a margin; three weeks where the provider has
     * named a charge, since bank debits take that long.
     */
    OPEN_ENDS
}
