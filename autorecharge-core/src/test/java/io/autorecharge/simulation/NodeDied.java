package io.autorecharge.simulation;

/** The process ended here. An error, so that no handler of expected failures catches it. */
public final class NodeDied extends Error {
    private static final long serialVersionUID = 1L;

    NodeDied(String where) {
        super(where, null, false, false);
    }
}
