package io.autorecharge.simulation;

import io.autorecharge.store.Ledger;
import io.autorecharge.store.RechargeStore;

/** The store of a world: without faults for the audit, and with faults for the nodes. */
public interface Database {
    /** Both ports. */
    record Ports(RechargeStore store, Ledger ledger) {
        /** Both ports of one object. */
        public static <S extends RechargeStore & Ledger> Ports of(S both) {
            return new Ports(both, both);
        }
    }

    /** Without faults. */
    Ports plain();

    /**
     * As a node uses it.
     *
     * @param sweeps whether sweeps find accounts; if not, only due times that events wrote lead to a check
     */
    Ports of(PortCalls calls, ClaimWatch watch, boolean sweeps);
}
