package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Computes what one charge buys.
 *
 * @param step every amount of credits is a multiple of it
 */
record Sizer(
        Sizing sizing,
        Bonus bonus,
        @Nullable Money least,
        @Nullable Money greatest,
        Credits step) {
    /** In largest packages: a threshold above this is a slip of the hand, for one charge does not reach it. */
    private static final int GREATEST_THRESHOLD = 10;

    /** Rounded down to what the ledger can hold. */
    Credits bonusOn(CreditPackage chosen, Credits purchased) {
        return bonus.on(chosen, purchased).roundedDownTo(step);
    }

    /** The size, or empty when no charge within the least and greatest amount makes sense. */
    Optional<Size> size(CreditPackage chosen, Credits balance, Credits threshold) {
        if (sizing instanceof Sizing.Target target) {
            return toTarget(chosen, target.target().minus(balance));
        }
        return increments(chosen, balance, threshold);
    }

    private Optional<Size> increments(CreditPackage chosen, Credits balance, Credits threshold) {
        long count = Math.max(closing(chosen, balance, threshold), atLeast(chosen.price()));
        if (greatest != null) {
            count = Math.min(count, greatest.minorUnits() / chosen.price().minorUnits());
        }
        return count < 1 ? Optional.empty() : Optional.of(bought(chosen, count));
    }

    /** The fewest increments that, with their bonus, land above the threshold. */
    private long closing(CreditPackage chosen, Credits balance, Credits threshold) {
        Credits gap = threshold.minus(balance);
        // Without the bonus this many land above; the bonus can only make fewer do, and it never shrinks as the count
        // grows.
        long high = Math.max(1, Math.floorDiv(gap.micros(), chosen.amount().micros()) + 1);
        long low = 1;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (landsAbove(chosen, middle, gap)) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    private boolean landsAbove(CreditPackage chosen, long count, Credits gap) {
        Credits credits = chosen.amount().times(count);
        return gap.isLessThan(credits.plus(bonusOn(chosen, credits)));
    }

    private long atLeast(Money price) {
        return least == null ? 1 : -Math.floorDiv(-least.minorUnits(), price.minorUnits());
    }

    private Size bought(CreditPackage chosen, long count) {
        Credits credits = chosen.amount().times(count);
        return new Size(credits, bonusOn(chosen, credits), chosen.price().times(count));
    }

    private Optional<Size> toTarget(CreditPackage rate, Credits gap) {
        if (!gap.isPositive()) {
            return Optional.empty();
        }
        Credits credits = gap.roundedUpTo(step);
        Money price = priceOf(rate, credits);
        if (least != null && price.isLessThan(least)) {
            credits = affordable(rate, least, RoundingMode.UP);
            price = least;
        } else if (greatest != null && greatest.isLessThan(price)) {
            credits = affordable(rate, greatest, RoundingMode.DOWN);
            price = greatest;
        }
        if (!price.isPositive() || !credits.isPositive()) {
            return Optional.empty();
        }
        return Optional.of(new Size(credits, bonusOn(rate, credits), price));
    }

    /** To the nearest minor unit, halves up: neither side pays for the rounding in the long run. */
    private static Money priceOf(CreditPackage rate, Credits credits) {
        return rate.price().prorated(credits, rate.amount(), RoundingMode.HALF_UP);
    }

    private Credits affordable(CreditPackage rate, Money amount, RoundingMode rounding) {
        Credits exact = Credits.of(rate.amount()
                .toBigDecimal()
                .multiply(BigDecimal.valueOf(amount.minorUnits()))
                .divide(BigDecimal.valueOf(rate.price().minorUnits()), Credits.PLACES, rounding));
        return rounding == RoundingMode.UP ? exact.roundedUpTo(step) : exact.roundedDownTo(step);
    }

    /** A charge to the target never is below what the provider takes; an amount the host set itself stays when it is greater. */
    Sizer raisedTo(Money minimum) {
        boolean enough = least != null && !least.isLessThan(minimum);
        return enough || sizing instanceof Sizing.Fixed ? this : new Sizer(sizing, bonus, minimum, greatest, step);
    }

    Sizer inStepsOf(Credits smallest) {
        return new Sizer(sizing, bonus, least, greatest, smallest);
    }

    void checkThreshold(Credits threshold, PackageCatalog packages) {
        if (threshold.isNegative()) {
            throw new IllegalArgumentException("threshold must not be negative: " + threshold);
        }
        requireHeld("threshold", threshold);
        Credits most = packages.largest().amount().times(GREATEST_THRESHOLD);
        if (sizing instanceof Sizing.Fixed && most.isLessThan(threshold)) {
            throw new IllegalArgumentException(
                    "threshold must be at most " + most + ", ten times the largest package: " + threshold);
        }
        if (sizing instanceof Sizing.Target target && target.target().isAtMost(threshold)) {
            throw new IllegalArgumentException(
                    "threshold must be below the target of " + target.target() + ": " + threshold);
        }
        if (sizing instanceof Sizing.Target target) {
            Credits gap = target.target().minus(threshold);
            for (CreditPackage rate : packages.all()) {
                if (least == null && !priceOf(rate, gap).isPositive()) {
                    throw new IllegalArgumentException("threshold " + threshold + " lies so near the target of "
                            + target.target() + " that the price rounds to nothing: " + priceOf(rate, gap));
                }
            }
        }
    }

    /** @throws IllegalArgumentException when the ledger cannot hold the amount */
    void requireHeld(String field, Credits amount) {
        if (!amount.isMultipleOf(step)) {
            throw new IllegalArgumentException(
                    field + " cannot be held by the ledger, whose smallest amount is " + step + ": " + amount);
        }
    }
}
