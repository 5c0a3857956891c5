package io.autorecharge.examples.plain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A service of the host's that keeps the balances, as its client may look. Every call ends within seconds, or throws. */
interface CreditService {
    /**
     * Writes a movement once for the user's key: the same key again changes nothing and is answered with the first movement.
     *
     * @param mayOverdraw whether the balance may become negative
     * @return empty, and nothing written, when the balance does not cover it
     */
    Optional<Movement> move(
            String user,
            String key,
            BigDecimal amount,
            boolean mayOverdraw,
            String text,
            Map<String, String> labels,
            Instant at);

    BigDecimal balance(String user);

    /** Newest first. */
    List<Movement> movements(String user, long before, int limit);

    /** @param repeated whether it had been written by an earlier call */
    record Movement(
            long number,
            String key,
            BigDecimal amount,
            BigDecimal balanceAfter,
            String text,
            Map<String, String> labels,
            Instant at,
            boolean repeated) {}
}
