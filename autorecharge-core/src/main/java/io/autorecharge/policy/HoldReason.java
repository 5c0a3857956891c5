package io.autorecharge.policy;

/** Why an account is not recharged. The names are part of the API, metrics and logs. */
public enum HoldReason {
    /** Auto-recharge is off. */
    DISABLED,
    /** The balance is not below the threshold. */
    ABOVE_THRESHOLD,
    /** There is no record of the user's agreement. */
    NO_CONSENT,
    /** The user has not chosen a package. */
    NO_PACKAGE,
    /** The chosen package is no longer on sale. */
    PACKAGE_NOT_OFFERED,
    /** No payment method is saved. */
    NO_PAYMENT_METHOD,
    /** No payment method is saved: the last purchase that was to save one was paid with something that cannot be charged later. */
    METHOD_NOT_SAVED,
    /** A recharge is open. */
    RECHARGE_OPEN,
    /** The system suspended the account. */
    SUSPENDED,
    /** The customer must be told before the charge; {@code until} says when the announced time is over. */
    ANNOUNCED,
    /** Waiting after a decline. */
    BACKING_OFF,
    /** Too soon after the last recharge. */
    COOLDOWN,
    /** The maximum number of recharges per window is reached. */
    PURCHASE_LIMIT,
    /** The charge would exceed the maximum amount per month. */
    SPEND_LIMIT,
    /** Nothing was used since the last recharge, which left enough: something else has lowered the balance or raised the threshold. */
    IDLE,
    /** The charge would exceed the maximum amount per day. */
    DAILY_SPEND_LIMIT,
    /** The charge would exceed the maximum amount per month that the user has set. */
    OWN_SPEND_LIMIT,
    /** The card was tried too often in 30 days, by this account or others. */
    CARD_LIMIT,
    /** The card is stopped, by a decline or a fraud warning of this account or another. Another card is needed. */
    CARD_STOPPED,
    /** A maximum amount per hour or day for all accounts together is reached. */
    ALL_ACCOUNTS_LIMIT,
    /** An operator has stopped all charges. */
    PAUSED,
    /** No charge between the minimum and the maximum amount makes sense. */
    AMOUNT_OUT_OF_BOUNDS,
    /** The charge would cost more than the user agreed to for one recharge. */
    AMOUNT_NOT_AGREED,
    /** A credit of the chosen package costs more than the user agreed to. */
    PRICE_CHANGED,
    /** Paid credits are being delivered to an external ledger; the balance does not include them yet. */
    GRANT_PENDING,
    /** The external ledger did not return the balance. */
    BALANCE_UNKNOWN,
    /** The database was busy with this account. Nothing was decided; the account will be checked again. */
    CONTENTION,
    /** The database refused ledger entries of a payment. They are tried again; until then the balance is not what it should be. */
    ENTRIES_OWED,
    /** The clock of this node differs too much from the provider's: it sends no charge until its clock is set. Other nodes do. */
    CLOCK_DIFFERS,
    /** The database may be a copy, or the key is of another kind than before: nothing is charged until an operator confirms the database. */
    DATABASE_NOT_CONFIRMED,
    /** The host's source of policies gave none for this account that can be used. Nothing is charged by another policy. */
    POLICY_UNUSABLE
}
