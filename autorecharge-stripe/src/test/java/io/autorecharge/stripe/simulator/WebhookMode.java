package io.autorecharge.stripe.simulator;

/** How events are delivered to the endpoints. */
public enum WebhookMode {
    /** Each once, immediately and in order. */
    DELIVER,
    /** Each twice. */
    TWICE,
    /** None until released: late, in order or in reverse. */
    HOLD,
    /** None, ever; they stay in the events list. */
    LOSE
}
