package io.autorecharge.simulation;

/** What can fail, or happen meanwhile, at a call of a port. */
public enum Fault {
    /** The call fails and has no effect. */
    FAILS_BEFORE,
    /** The call takes effect and the caller sees a failure. */
    FAILS_AFTER,
    /** The database is busy; a retry may succeed. */
    BUSY,
    /** The process ends before the call. */
    DIES_BEFORE,
    /** The process ends after the call has taken effect. */
    DIES_AFTER,
    /** The request is lost, and the caller does not know. */
    NEVER_ARRIVES,
    /** The caller times out, and the request is executed later. */
    ARRIVES_LATE,
    /** The request is executed and its answer is lost. */
    ANSWER_LOST,
    /** The provider fails after the capture and stores the error as its answer. */
    ERROR_AFTER_CAPTURE,
    /** The provider fails before the capture and stores the error as its answer. */
    ERROR_INSTEAD_OF_CAPTURE,
    /** Too many requests. */
    REFUSED,
    /** Wrong key, mode or permission. */
    MISCONFIGURED,
    /** This node is delayed beyond its lease, and another node checks all due accounts. */
    OTHER_NODE_LOOKS,
    /** This node is delayed for longer than the provider keeps idempotency keys, while another node works. */
    A_DAY_PASSES,
    /** This node is delayed beyond its lease, another node charges and its answer is lost; then this node's request is refused. */
    REFUSED_AFTER_TAKE_OVER,
    /** A node whose clock is two hours ahead checks all due accounts. */
    FAST_NODE_LOOKS,
    /** The user disables auto-recharge. */
    SWITCHED_OFF,
    /** The user makes a purchase with another card, which is saved. */
    CARD_REPLACED,
    /** The provider reports its current state to another node. */
    WEBHOOKS_COME,
    /** Half of the last payment is refunded, and the provider reports it to another node. */
    MONEY_GOES_BACK,
    /** The customer authenticates a charge that requires it, unless it was cancelled. */
    CUSTOMER_AUTHENTICATES;

    /** Whether it is an action of others meanwhile, not a failure of the call. */
    boolean isInterlude() {
        return ordinal() >= OTHER_NODE_LOOKS.ordinal();
    }
}
