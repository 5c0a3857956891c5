package io.autorecharge.simulation;

import io.autorecharge.testkit.InMemoryStore;

/** The in-memory store, with faults at the calls of its ports. */
final class InMemoryDatabase implements Database {
    private final Ports plain = Ports.of(new InMemoryStore());

    @Override
    public Ports plain() {
        return plain;
    }

    @Override
    public Ports of(PortCalls calls, ClaimWatch watch, boolean sweeps) {
        return Ports.of(new WatchedStore(plain, calls, watch, sweeps));
    }
}
