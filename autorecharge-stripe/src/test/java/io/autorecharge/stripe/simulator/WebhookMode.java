package io.autorecharge.stripe.simulator;

/** How events reach the endpoints. */
public enum WebhookMode {
    /** Each once, at once, in the order in which they happened. */
    DELIVER,
    /** Each twice. */
    TWICE,
    /** None until released: late, in order or in reverse. */
    HOLD,
    /** None, ever; they stay in the events list. */
    LOSE
}
