package io.autorecharge.stripe.simulator;

/** How events are delivered to the endpoints. */
public enum WebhookMode {
    /** Each event once, immediately and in order. */
    DELIVER,
    /** Each event twice. */
    TWICE,
    /** No event until it is released, in order or newest first. */
    HOLD,
    /** No event at all; the events list still contains them. */
    LOSE
}
