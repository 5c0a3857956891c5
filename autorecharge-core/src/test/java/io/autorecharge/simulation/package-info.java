/**
 * The whole protocol, run by hand and without threads: every fault at every call of a port, and seeded worlds of many nodes and accounts.
 * Another store takes part by implementing {@link io.autorecharge.simulation.Database}.
 */
@NullMarked
package io.autorecharge.simulation;

import org.jspecify.annotations.NullMarked;
