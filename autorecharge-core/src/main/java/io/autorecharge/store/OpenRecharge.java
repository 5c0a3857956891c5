package io.autorecharge.store;

/** A recharge and the latest of its attempts. */
public record OpenRecharge(Recharge recharge, Attempt attempt) {}
