package io.autorecharge.gateway;

/** Whether the configured key of the provider moves real money. The names are stored. */
public enum KeyMode {
    /** No money moves. */
    TEST,
    /** Charges move real money. */
    LIVE
}
