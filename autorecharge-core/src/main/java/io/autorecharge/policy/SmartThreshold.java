package io.autorecharge.policy;

import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Recharges an account the earlier, the faster it uses its credits, so that it does not run out while a charge is under way or declined. Only
 * the time of a recharge changes and never what it buys: the balance is compared with an <i>effective threshold</i>, which is what the
 * account uses in {@code leadTime}, but at least the user's threshold and at most one package more. Immutable; its methods are pure.
 *
 * @param leadTime for how long the credits are to last when the recharge begins; positive and at most 30 days
 * @param recentFactor the use of the last 24 hours, multiplied by this, counts if it is higher than the use of the last 7 days; more than 0 and
 *     at most 10
 */
public record SmartThreshold(Duration leadTime, BigDecimal recentFactor) {
    /** As long as a declined charge waits for its first repetition by default. */
    public static final Duration DEFAULT_LEAD_TIME = Duration.ofHours(6);

    public static final BigDecimal DEFAULT_RECENT_FACTOR = BigDecimal.ONE;

    /** How often the use of an account is measured. */
    public static final Duration MEASURED_EVERY = Duration.ofHours(3);

    static final Duration MARKED_EVERY = Duration.ofHours(6);
    static final Duration RECENT = Duration.ofHours(24);
    static final Duration WINDOW = Duration.ofDays(7);

    private static final Duration THINNED_AFTER = Duration.ofHours(30);
    private static final Duration FORGOTTEN_AFTER = Duration.ofDays(9);
    private static final int MAX_LEAD_DAYS = 30;
    private static final Credits SHOWN_STEP = Credits.ofMicros(10_000);
    private static final BigDecimal MICROS_PER_HOUR = BigDecimal.valueOf(3_600_000_000L);
    private static final SmartThreshold DEFAULTS = new SmartThreshold(DEFAULT_LEAD_TIME, DEFAULT_RECENT_FACTOR);

    /** @throws InvalidValueException when a value breaks its rule */
    public SmartThreshold {
        Range.positive("leadTime", leadTime, MAX_LEAD_DAYS);
        Objects.requireNonNull(recentFactor, "recentFactor");
        if (recentFactor.signum() <= 0 || recentFactor.compareTo(BigDecimal.TEN) > 0) {
            throw new InvalidValueException("recentFactor", recentFactor, "must be more than 0 and at most 10");
        }
    }

    /** {@link #DEFAULT_LEAD_TIME} and {@link #DEFAULT_RECENT_FACTOR}. */
    public static SmartThreshold ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The credits that an account uses per hour; empty without a day of history, and where more was added to the balance than the ledger
     * knows of.
     *
     * @param marks from earlier, oldest first
     */
    public Optional<Credits> perHour(List<UsageMark> marks, UsageMark now) {
        Optional<UsageMark> dayAgo = newest(marks, now.at().minus(RECENT));
        if (dayAgo.isEmpty()) {
            return Optional.empty();
        }
        UsageMark weekAgo = newest(marks, now.at().minus(WINDOW)).orElse(marks.get(0));
        BigDecimal long7 = perHour(weekAgo, now);
        BigDecimal recent = perHour(dayAgo.get(), now);
        return long7.signum() < 0 || recent.signum() < 0
                ? Optional.empty()
                : Optional.of(credits(long7.max(recent.multiply(recentFactor))));
    }

    private static Optional<UsageMark> newest(List<UsageMark> marks, Instant until) {
        Predicate<UsageMark> early = mark -> !mark.at().isAfter(until);
        return marks.stream().filter(early).reduce((older, newer) -> newer);
    }

    /** In micro-credits. */
    private static BigDecimal perHour(UsageMark from, UsageMark to) {
        BigDecimal used = micros(from.balance())
                .subtract(micros(to.balance()))
                .add(micros(to.credited()))
                .subtract(micros(from.credited()));
        return used.multiply(MICROS_PER_HOUR).divide(micros(Duration.between(from.at(), to.at())), 0, RoundingMode.UP);
    }

    /**
     * By how much the effective threshold exceeds the user's.
     *
     * @param most the most that it may exceed it by
     */
    public Credits raise(Credits perHour, Credits threshold, Credits most) {
        BigDecimal needed = micros(perHour)
                .multiply(micros(leadTime))
                .divide(MICROS_PER_HOUR, 0, RoundingMode.UP)
                .subtract(micros(threshold));
        if (needed.signum() <= 0 || !most.isPositive()) {
            return Credits.ZERO;
        }
        // In whole hundredths, for it is shown to people.
        BigDecimal step = micros(SHOWN_STEP);
        BigDecimal rounded = needed.divide(step, 0, RoundingMode.UP).multiply(step);
        return credits(rounded.min(micros(most)));
    }

    /** Whether the account's standing is to be kept as a mark. */
    public boolean isMarkDue(List<UsageMark> marks, Instant now) {
        return marks.isEmpty()
                || !marks.get(marks.size() - 1).at().plus(MARKED_EVERY).isAfter(now);
    }

    /**
     * The marks that are not needed any more: of those from before the window all but the newest; and of those that are older than a day all but one
     * per day.
     *
     * @param marks oldest first
     */
    public List<UsageMark> superfluous(List<UsageMark> marks, Instant now) {
        Optional<UsageMark> weekAgo = newest(marks, now.minus(WINDOW));
        List<UsageMark> dropped = new ArrayList<>();
        UsageMark kept = null;
        for (UsageMark mark : marks) {
            boolean forgotten = mark.at().isBefore(now.minus(FORGOTTEN_AFTER))
                    || weekAgo.filter(it -> mark.at().isBefore(it.at())).isPresent();
            boolean old = mark.at().isBefore(now.minus(THINNED_AFTER));
            boolean close = kept != null && kept.at().plus(RECENT).isAfter(mark.at());
            if (forgotten || (old && close)) {
                dropped.add(mark);
            } else {
                kept = mark;
            }
        }
        return List.copyOf(dropped);
    }

    private static BigDecimal micros(Credits credits) {
        return BigDecimal.valueOf(credits.micros());
    }

    private static BigDecimal micros(Duration duration) {
        return BigDecimal.valueOf(Math.max(1, duration.toNanos() / 1_000));
    }

    private static Credits credits(BigDecimal micros) {
        return Credits.ofMicros(micros.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValue());
    }
}
