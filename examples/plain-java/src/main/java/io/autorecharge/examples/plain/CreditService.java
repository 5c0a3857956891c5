package io.autorecharge.examples.plain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The client of another service that keeps the balances. Every call ends within seconds, or throws an exception. */
interface CreditService {
    /**
     * Writes one movement for each key of a user. Repeating a key changes nothing and returns the first movement.
     *
     * @param mayOverdraw whether the balance may become negative
     * @return empty if the balance does not cover the amount; nothing is written then
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
