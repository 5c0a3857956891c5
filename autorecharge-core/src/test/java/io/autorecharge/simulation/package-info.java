/**
 * The whole protocol without threads: each fault at each call of a port, and seeded worlds with many nodes and accounts. A store is tested
 * with it by an implementation of {@link io.autorecharge.simulation.Database}.
 */
@NullMarked
package io.autorecharge.simulation;

import org.jspecify.annotations.NullMarked;
