package io.autorecharge.account;

import io.autorecharge.credit.Credits;
import java.time.Instant;
import java.util.Objects;

/**
 * Where an account stood at one moment. Two marks tell what was used between them: what the balance has lost, and what was added meanwhile.
 * Credits that the host takes from a balance with its own SQL count as used; credits that it adds so make the figure too low.
 *
 * @param at when
 * @param sequence of the last ledger entry then
 * @param balance the credits then
 * @param credited the sum of all ledger entries that are not debits, counted from any start
 */
public record UsageMark(Instant at, long sequence, Credits balance, Credits credited) {
    public UsageMark {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(balance, "balance");
        Objects.requireNonNull(credited, "credited");
    }

    /** The next sum of entries that are not debits. A sum that no longer fits begins anew, which only makes one difference wrong. */
    public static Credits added(Credits credited, Credits amount) {
        try {
            return credited.plus(amount);
        } catch (ArithmeticException e) {
            return Credits.ZERO;
        }
    }
}
