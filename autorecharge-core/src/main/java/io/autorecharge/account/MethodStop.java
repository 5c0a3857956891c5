package io.autorecharge.account;

import java.time.Instant;
import java.util.Objects;

/**
 * Why one of an account's payment methods is passed over. The account itself is suspended only when no method is left.
 *
 * @param reason why; a reason that {@link Suspension.Reason#blamesMethod blames the method}
 * @param since since when
 */
public record MethodStop(Suspension.Reason reason, Instant since) {
    public MethodStop {
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(since, "since");
    }
}
