package io.autorecharge.jdbc;

/** What is true of every account at every moment. {@link Verification} checks each invariant with one query. */
public enum Invariant {
    /** The entries of each account add up to its balance. Not checked for a table of the host, whose own SQL may change balances. */
    LEDGER_ADDS_UP,
    /** The entries of each account are numbered 1, 2 … without a gap, and its state row holds the last number. */
    LEDGER_HAS_NO_GAPS,
    /** The balance after each entry is the one before plus its amount. Not checked for a table of the host, as above. */
    LEDGER_IS_A_CHAIN,
    /**
     * Every paid attempt and every paid checkout has exactly one purchase entry with the credits that were bought, or the entry is owed
     * because the database refused it.
     */
    PAYMENTS_ARE_GRANTED_ONCE,
    /** Every paid recharge has its bonus, at most once per payment. The bonus of a checkout is a matter of policy and not checked. */
    BONUSES_ARE_GRANTED_ONCE,
    /** Every purchase entry has its paid attempt or checkout: no credits without money. */
    PURCHASES_ARE_PAID,
    /** Every bonus and every reversal is linked to the entry of the same account that it belongs to. */
    ENTRIES_ARE_LINKED,
    /**
     * Reversals remove the share of a purchase and its bonus that was refunded or disputed, never more. For an external ledger only the
     * upper limit is checked, since its rounding is not known here. Not checked as long as entries of the payment are owed.
     */
    REVERSALS_ARE_IN_PROPORTION,
    /** Every row belongs to an account that is there. Not checked for a table of the host, which may delete its users. */
    ACCOUNTS_ARE_THERE,
    /** One payment of the provider paid one attempt or checkout of one account, and was granted to one account. */
    PAYMENTS_HAVE_ONE_ACCOUNT,
    /** Recharges, their attempts, checkouts and the events about them agree about amounts. */
    TERMS_AGREE,
    /** Attempts and checkouts have the terms that they were opened with. Not checked for those from before the upgrade. */
    TERMS_ARE_KEPT,
    /** Every recharge, attempt and checkout has one of its states. */
    WORDS_ARE_KNOWN,
    /** Nothing waits for a time that is farther away than any limit, cool-down or back-off can be: 500 days. */
    TIMES_ARE_NEAR,
    /** Nothing has happened later than three days from now, which is more than clocks may differ. */
    TIMES_ARE_PAST,
    /** What has ended has the time of its end, what is open has none, and the last recharge has the time that the account remembers. */
    ENDS_HAVE_TIMES,
    /** Type, category, sign, reference and link of every ledger entry fit together. */
    ENTRIES_ARE_WELL_FORMED,
    /** An account is suspended as long as no event says that its suspension has ended. Checked for events of the last 60 days. */
    SUSPENSIONS_ARE_REPORTED,
    /** Each account has at most one open recharge. */
    ONE_RECHARGE_IS_OPEN,
    /** A recharge and its attempt have the same outcome. */
    RECHARGES_AGREE_WITH_ATTEMPTS,
    /** An account with an open recharge, or with credits that an external ledger has yet to receive, has a time of its next check. */
    OPEN_IS_LOOKED_AT,
    /**
     * Every attempt is decided in time: two days after it was last sent, which is 25 hours and a margin, or three weeks if the provider has
     * named a charge, since bank debits take that long.
     */
    OPEN_ENDS,
    /** Every refund, dispute and warning that removed credits or suspended the account is there. */
    REVERSALS_ARE_KEPT,
    /** What is owed of a payment agrees with the payment. */
    OWED_FITS,
    /** An account whose purchase had the bonus for switching on remembers that. */
    ENABLING_BONUS_IS_KNOWN,
    /** Sends, refusals, checks, doubt and times of an attempt fit together, and agree with its recharge. */
    PROGRESS_FITS,
    /**
     * Every attempt of the last 28 days counts for its card, whatever the account, and every stop of a card has its reason and its cause. Not
     * checked for attempts from before the upgrade, and for those that a reconciliation has restored.
     */
    CARDS_ARE_COUNTED,
    /** State, next check, agreement, session and recovery of every checkout fit together. */
    CHECKOUTS_FIT,
    /** The end of every recharge and the payment of every checkout are events with the same time. Checked for those of the last 60 days. */
    ENDS_ARE_REPORTED,
    /** An account with any other row has a state. */
    STATES_ARE_THERE,
    /** A back-off and the declines in a row follow from an event, and end with one. */
    BACK_OFFS_HAVE_CAUSES,
    /** A suspension began with the attempt, or with the event, that caused it, and names the card of that attempt. */
    SUSPENSIONS_HAVE_CAUSES,
    /** Customer, payment method and card of an account agree with each other, and with its attempts. */
    METHODS_FIT,
    /** The list of an account's payment methods is whole: as many as the account says, in places of their own, with stops that have a time. */
    METHODS_ARE_LISTED,
    /** An agreement with a source has a maximum, which the user has agreed to. Checked for agreements of the last 60 days. */
    AGREEMENTS_ARE_KEPT,
    /** The records of what users agreed to are whole, and the agreement of an account is the last of them that was not withdrawn. */
    CONSENTS_ARE_RECORDED,
    /** No recharge costs more than the agreement that it names, in all or for a credit. Not checked for a recharge that names none. */
    CONSENTS_ARE_OBEYED,
    /** The account tries its owed entries when the first of them is due; a refused debit has an amount and an end. */
    OWED_IS_DUE,
    /** What a user decided for the own account is complete. */
    OWN_RULES_FIT,
    /**
     * With a smart threshold, the effective threshold is at least the user's, and at most one package higher. The marks of an account's use follow
     * each other.
     */
    THRESHOLD_IS_BOUNDED,
    /** The installation's row is there, and attempts carry its id since it was last confirmed. */
    INSTALLATION_IS_THERE,
    /**
     * A recharge that was announced was claimed after the announced time, costs no more than was announced and charges an announced card; and
     * what was announced is an event with the same time. Events are checked for 60 days.
     */
    CHARGES_ARE_ANNOUNCED,
    /** A grace after a decline is whole: it has its events, its end, and its card lets this account be overdrawn and no other. */
    GRACES_ARE_KEPT,
    /** The rows of the stop for everything, and of the limits over all accounts, are those that the library writes. */
    STOPS_ARE_WHOLE
}
