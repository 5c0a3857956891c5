package io.autorecharge.simulation;

import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;

/** A store for a world: the plain truth, which the audit reads, and what its nodes see of it. */
public interface Database {
    /** Both ports. */
    record Ports(RechargeStore store, Ledger ledger) {
        /** Of one object that is both. */
        public static <S extends RechargeStore & Ledger> Ports of(S both) {
            return new Ports(both, both);
        }
    }

    /** Without faults. */
    Ports plain();

    /**
     * As a node sees it.
     *
     * @param sweeps whether sweeps find anything; without them nothing but what an event wrote brings an account back
     */
    Ports of(PortCalls calls, ClaimWatch watch, boolean sweeps);
}
