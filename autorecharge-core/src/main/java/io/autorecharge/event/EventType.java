package io.autorecharge.event;

/** What happened. The names are stored, and are part of the API. */
public enum EventType {
    /**
     * A recharge was paid and its credits were granted. The reason is {@code REQUEST} when its user asked for exactly this purchase, and null when it
     * was automatic.
     */
    RECHARGE_PAID,
    /**
     * A recharge is called for, and will be charged after {@code until}: not before, and no more than {@code amount}. The subject is the id of the
     * payment method that comes first. The reason is null; or it says what was not announced before: {@code HIGHER_AMOUNT},
     * {@code HIGHER_PRICE} or {@code OTHER_METHOD}, and this event takes the place of the one before. {@link #RECHARGE_PAID},
     * {@link #RECHARGE_DECLINED} or another event about the recharge follows, or {@link #RECHARGE_WITHDRAWN}.
     */
    RECHARGE_ANNOUNCED,
    /**
     * What was announced is not charged; {@code until} is the announced time. The reason says why: {@code DISABLED}, {@code ABOVE_THRESHOLD},
     * {@code SUSPENDED}, or what the account lacks.
     */
    RECHARGE_WITHDRAWN,
    /** After a decline, the balance may be {@code credits} below zero until {@code until}. */
    GRACE_STARTED,
    /** The account may be overdrawn for less than a day more: until {@code until}. */
    GRACE_ENDING,
    /**
     * The account may not be overdrawn any more. The reason: {@code PAID}, {@code EXPIRED}, {@code DISABLED}, or that of a suspension.
     */
    GRACE_ENDED,
    /** The provider is still processing the payment. */
    RECHARGE_PROCESSING,
    /** The card was declined. */
    RECHARGE_DECLINED,
    /**
     * A payment method failed, and its recharge did not: it goes on with the next one, or another attempt of it was paid. The subject is
     * the id of the recharge, the reason the provider's code. {@link #RECHARGE_PAID} or another event about the recharge follows.
     */
    METHOD_DECLINED,
    /** The bank requires the customer to authenticate. */
    AUTHENTICATION_REQUIRED,
    /** The provider never carried out the charge. The customer did not cause it; the account will be checked again. */
    RECHARGE_ABANDONED,
    /** A checkout was paid and its credits were granted. */
    PURCHASE_PAID,
    /**
     * A purchase that was to save a payment method saved none, because the customer paid with something that cannot be charged later. Its
     * credits were granted. An account without another payment method is not recharged. The subject is the id of the checkout.
     */
    METHOD_NOT_SAVED,
    /**
     * A refund or dispute of a purchase removed its credits and bonus in proportion; the balance may be negative now. The reason is
     * {@code REFUND} or {@code DISPUTE}, the subject the provider's id of the charge.
     */
    PAYMENT_REVERSED,
    /** A refund failed or a dispute was won: credits and bonus were returned. Reason and subject as for {@link #PAYMENT_REVERSED}. */
    REVERSAL_UNDONE,
    /** The system suspended the account until its customer acts. */
    SUSPENDED,
    /**
     * The list of payment methods changed. The reason is {@code ADDED}, {@code REMOVED} or {@code REORDERED} when the user did it, and
     * {@code DETACHED}, {@code UPDATED} or {@code CUSTOMER_DELETED} when it happened at the provider. The subject is the provider's id of the
     * method.
     */
    METHODS_CHANGED,
    /** The suspension ended. */
    RESUMED,
    /** The user switched auto-recharge on. The amount is the most that one recharge may cost, the reason the version of the text. */
    ENABLED,
    /** The user switched auto-recharge off. */
    DISABLED,
    /** The user agreed to another amount or another text while auto-recharge is on. Amount and reason as for {@link #ENABLED}. */
    AGREEMENT_CHANGED,
    /** A recharge was held back by a purchase or spend limit. */
    LIMIT_REACHED,
    /**
     * Paid recharges have used 80 or 100 percent of a limit of money; once per limit, level and period. The subject is {@code 80} or
     * {@code 100}, the reason the limit: {@code SPEND_LIMIT}, {@code DAILY_SPEND_LIMIT} or {@code OWN_SPEND_LIMIT}. The amount is what was
     * spent, {@code until} the end of the period.
     */
    LIMIT_WARNING,
    /**
     * A low account is not recharged for a reason that has no event of its own; once per cause. The reason is that of the hold, such as
     * {@code CARD_LIMIT}; {@code until} says when it ends, where that is known.
     */
    RECHARGE_HELD,
    /**
     * A low account is not recharged because a credit costs more than its user agreed to; once per price. Credits, bonus and amount are those
     * of the package now, {@link AutoRechargeEvent#agreedPackage} is what was agreed to. The reason is {@code PRICE_CHANGED}.
     */
    PRICE_CHANGED,
    /**
     * A recharge is charged that leaves the balance low, because it was cut: by the maximum amount ({@code AMOUNT_OUT_OF_BOUNDS}), or by
     * the amount that the user agreed to ({@code AMOUNT_NOT_AGREED}). The subject is the id of the recharge.
     */
    RECHARGE_REDUCED,
    /** For operators: the provider reported a capture that differs from the request. Nothing was granted. */
    CAPTURE_MISMATCH,
    /**
     * For operators: the provider reported the opposite of what was settled. A payment that was reported after its failure was granted; a
     * failure that was reported after the payment changed nothing. The reason is what was settled before: {@code PAID}, {@code DECLINED},
     * {@code ACTION_REQUIRED}, {@code NOT_CHARGED}, {@code CLOSED}; or {@code PAID_TWICE}, when two payments were captured instead of one:
     * both are granted, and one should be refunded.
     */
    CONTRARY_OUTCOME,
    /**
     * For operators: the card network suspects that a payment was made by fraud. The account is suspended and the card stopped for every
     * account. A full refund may avoid a dispute. The subject is the provider's id of the charge.
     */
    FRAUD_WARNING,
    /** For operators: an account recharges suspiciously often. Nothing was stopped. */
    VELOCITY_ALARM,
    /** For operators: the provider refuses the configured key, its mode, or the request. */
    PROVIDER_REFUSED,
    /**
     * For operators: the database refused the ledger entries of a payment, a refund or a dispute. The payment or refund is recorded, the
     * account is not charged, and the entries are tried again. The subject is the provider's id of the charge; the reason is the
     * database's answer in one line, {@code NEGATIVE_BALANCE} for the rest of a removal that waits for credits, or {@code WRITTEN_OFF}
     * for a rest that is not removed any more.
     */
    ENTRIES_REFUSED
}
