package io.autorecharge.store;

/**
 * What a stop for everything found.
 *
 * @param pause the stop that is recorded now
 * @param underWay charges that were claimed before the stop and have no final outcome yet. They may still take money, and are settled
 * @param complete whether {@code underWay} includes every charge that was claimed before the stop. False if a node held its claim for
 *     longer than the call waited: the stop is recorded and binds all later claims, and the same call may be repeated for the number
 */
public record PauseReport(Pause pause, int underWay, boolean complete) {}
