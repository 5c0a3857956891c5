package io.autorecharge.simulation;

/** What may go wrong, or come between, at a call of a port. */
public enum Fault {
    /** The call fails and has no effect. */
    FAILS_BEFORE,
    /** The call has its effect and the caller sees a failure. */
    FAILS_AFTER,
    /** The database is busy; the same call may work. */
    BUSY,
    /** The process ends before the call. */
    DIES_BEFORE,
    /** The process ends after the call has had its effect. */
    DIES_AFTER,
    /** The request is lost on its way, and the caller does not know. */
    NEVER_ARRIVES,
    /** The caller gives up waiting, and the request is carried out after that. */
    ARRIVES_LATE,
    /** The request is carried out and its answer is lost. */
    ANSWER_LOST,
    /** The provider has an error of its own after it captured, and remembers that error as its answer. */
    ERROR_AFTER_CAPTURE,
    /** The provider has an error of its own before it captured, and remembers that error as its answer. */
    ERROR_INSTEAD_OF_CAPTURE,
    /** Too many requests. */
    REFUSED,
    /** Wrong key, mode or permission. */
    MISCONFIGURED,
    /** This node is held up beyond its lease, and another one looks at everything that is due. */
    OTHER_NODE_LOOKS,
    /** This node is held up for longer than the provider remembers keys, while another one works. */
    A_DAY_PASSES,
    /** This node is held up beyond its lease, that other one charges and its answer is lost; then this node's request is refused. */
    REFUSED_AFTER_TAKE_OVER,
    /** A node whose clock is two hours ahead looks at everything that is due. */
    FAST_NODE_LOOKS,
    /** The user switches auto-recharge off. */
    SWITCHED_OFF,
    /** The user buys by hand with another card, which is saved. */
    CARD_REPLACED,
    /** The provider reports what it knows so far to another node. */
    WEBHOOKS_COME,
    /** Half of the last payment is refunded, and another node is told of it. */
    MONEY_GOES_BACK,
    /** The customer authenticates a charge that waits for them, unless it was cancelled. */
    CUSTOMER_AUTHENTICATES;

    /** Whether it is something that others do meanwhile, rather than a failure of the call. */
    boolean isInterlude() {
        return ordinal() >= OTHER_NODE_LOOKS.ordinal();
    }
}
