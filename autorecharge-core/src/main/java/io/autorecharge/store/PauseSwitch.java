package io.autorecharge.store;

import java.util.Optional;

/**
 * The stop for everything, which is kept in the database and read inside every claim ({@link AccountTransaction#pause}). Safe for use by
 * many threads and many processes.
 */
public interface PauseSwitch {
    /** The stop in force; empty while accounts are charged. Takes no lock. */
    Optional<Pause> pause();

    /**
     * Stops all charges, on every node, from the moment this call records it. Then waits for the claims that have begun already: each of
     * them either sees the stop or is counted as under way. Waits a few seconds at most. A stop that is in force already is replaced.
     *
     * @throws StoreException if the database fails; whether the stop was recorded is then unknown
     */
    PauseReport pause(Pause pause);

    /**
     * Ends the stop. Held accounts are not made due: the caller runs a sweep.
     *
     * @return false if nothing was stopped
     */
    boolean resume();
}
