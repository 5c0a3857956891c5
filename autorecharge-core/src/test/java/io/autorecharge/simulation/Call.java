package io.autorecharge.simulation;

import static io.autorecharge.simulation.Fault.*;

import io.autorecharge.gateway.GatewayException;
import io.autorecharge.store.StoreException;
import java.util.EnumSet;
import java.util.Set;

/** The kinds of calls of a port, and what may go wrong at each. */
public enum Call {
    /** A transaction on an account begins. */
    BEGIN(
            FAILS_BEFORE,
            BUSY,
            DIES_BEFORE,
            OTHER_NODE_LOOKS,
            A_DAY_PASSES,
            FAST_NODE_LOOKS,
            SWITCHED_OFF,
            CARD_REPLACED,
            WEBHOOKS_COME,
            MONEY_GOES_BACK),
    /** Something is read or written inside a transaction. */
    INSIDE(FAILS_BEFORE, DIES_BEFORE),
    /** A transaction is committed. */
    COMMIT(FAILS_BEFORE, FAILS_AFTER, DIES_BEFORE, DIES_AFTER),
    /** A call to the database that is a transaction by itself. */
    STORE(FAILS_BEFORE, FAILS_AFTER, BUSY, DIES_BEFORE, DIES_AFTER),
    /** A connection is taken. */
    CONNECT(FAILS_BEFORE, DIES_BEFORE),
    /** A statement of SQL. */
    STATEMENT(FAILS_BEFORE, FAILS_AFTER, BUSY, DIES_BEFORE, DIES_AFTER),
    /** The commit of a connection. */
    SQL_COMMIT(FAILS_BEFORE, FAILS_AFTER, BUSY, DIES_BEFORE, DIES_AFTER),
    /** A turn to call the provider is waited for. */
    TURN(DIES_BEFORE, OTHER_NODE_LOOKS, A_DAY_PASSES, SWITCHED_OFF),
    /** A charge at the provider. */
    CHARGE(
            FAILS_BEFORE,
            FAILS_AFTER,
            DIES_BEFORE,
            DIES_AFTER,
            NEVER_ARRIVES,
            ARRIVES_LATE,
            ANSWER_LOST,
            ERROR_AFTER_CAPTURE,
            ERROR_INSTEAD_OF_CAPTURE,
            REFUSED,
            MISCONFIGURED,
            OTHER_NODE_LOOKS,
            REFUSED_AFTER_TAKE_OVER,
            FAST_NODE_LOOKS,
            SWITCHED_OFF,
            CARD_REPLACED),
    /** A look-up of a charge at the provider. */
    LOOK_UP(
            FAILS_BEFORE,
            DIES_BEFORE,
            DIES_AFTER,
            NEVER_ARRIVES,
            MISCONFIGURED,
            OTHER_NODE_LOOKS,
            SWITCHED_OFF,
            CUSTOMER_AUTHENTICATES),
    /** A call to the provider about customers and checkouts. */
    CHECKOUT(
            FAILS_BEFORE,
            FAILS_AFTER,
            DIES_BEFORE,
            DIES_AFTER,
            OTHER_NODE_LOOKS,
            FAST_NODE_LOOKS,
            MONEY_GOES_BACK,
            CUSTOMER_AUTHENTICATES),
    /** A listener is notified. */
    LISTENER(FAILS_BEFORE, FAILS_AFTER, DIES_BEFORE, DIES_AFTER);

    private final Set<Fault> faults;

    Call(Fault first, Fault... more) {
        faults = EnumSet.of(first, more);
    }

    /** What may go wrong here. */
    public Set<Fault> faults() {
        return faults;
    }

    RuntimeException failure(String name, boolean retryable) {
        return switch (this) {
            case BEGIN, INSIDE, COMMIT, STORE, CONNECT, STATEMENT, SQL_COMMIT ->
                new StoreException(retryable, "made to fail: " + name, null);
            case CHECKOUT -> new GatewayException(false, "made to fail: " + name, null);
            case TURN, CHARGE, LOOK_UP, LISTENER -> new IllegalStateException("made to fail: " + name);
        };
    }
}
