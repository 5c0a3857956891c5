package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.credit.Range;
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
        @Nullable Money minAmount,
        @Nullable Money maxAmount,
        Credits step) {
    /** The highest threshold in largest packages: a higher one is a typing error, for one charge does not reach it. */
    private static final int MAX_THRESHOLD_PACKAGES = 10;

    /** The bonus, rounded down to what the ledger can store. */
    Credits bonusOn(CreditPackage chosen, Credits purchased) {
        return bonus.on(chosen, purchased).roundedDownTo(step);
    }

    /** The same, for charges of at most {@code most}. */
    Sizer atMost(Money most) {
        Money lower = maxAmount != null && maxAmount.isLessThan(most) ? maxAmount : most;
        return new Sizer(sizing, bonus, minAmount, lower, step);
    }

    /** Whether a charge is not below the minimum. */
    boolean reaches(Money price) {
        return minAmount == null || !price.isLessThan(minAmount);
    }

    /** The least that a charge can cost. */
    Money smallestCharge(CreditPackage chosen) {
        if (sizing instanceof Sizing.Fixed) {
            return chosen.price().times(atLeast(chosen.price()));
        }
        return minAmount == null ? new Money(1, chosen.price().currency()) : minAmount;
    }

    /** The size, or empty when no charge within the minimum and maximum amount makes sense. */
    Optional<Size> size(CreditPackage chosen, Credits balance, Credits threshold) {
        try {
            return sizing instanceof Sizing.Target target
                    ? toTarget(chosen, target.target().minus(balance))
                    : increments(chosen, balance, threshold);
        } catch (ArithmeticException e) {
            // The balance is so far below zero that what is missing, or its bonus, cannot be counted.
            return Optional.empty();
        }
    }

    /** The most by which a threshold may be raised. */
    Credits maxRaise(CreditPackage chosen, Credits threshold) {
        if (sizing instanceof Sizing.Target target) {
            Credits half = Credits.ofMicros(target.target().minus(threshold).micros() / 2);
            Credits most = half.isLessThan(chosen.amount()) ? half : chosen.amount();
            return most.isNegative() ? Credits.ZERO : most;
        }
        return chosen.amount();
    }

    /** The size that brings the balance above the threshold and to at least {@code requested}, cut to the maximum amount. */
    Optional<Size> covering(CreditPackage chosen, Credits balance, Credits threshold, Credits requested) {
        Credits below = requested.minus(Credits.SMALLEST);
        try {
            return sizing instanceof Sizing.Target target
                    ? toTarget(chosen, larger(target.target(), requested).minus(balance))
                    : increments(chosen, balance, larger(threshold, below));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static Credits larger(Credits one, Credits other) {
        return one.isLessThan(other) ? other : one;
    }

    private Optional<Size> increments(CreditPackage chosen, Credits balance, Credits threshold) {
        long count = Math.max(closing(chosen, balance, threshold), atLeast(chosen.price()));
        if (maxAmount != null) {
            count = Math.min(count, maxAmount.minorUnits() / chosen.price().minorUnits());
        }
        return count < 1 ? Optional.empty() : Optional.of(bought(chosen, count));
    }

    /** The smallest number of packages that, with their bonus, bring the balance above the threshold. */
    private long closing(CreditPackage chosen, Credits balance, Credits threshold) {
        Credits gap = threshold.minus(balance);
        // So many suffice without a bonus. A bonus can only lower the number, and does not shrink as the number grows.
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
        return minAmount == null ? 1 : -Math.floorDiv(-minAmount.minorUnits(), price.minorUnits());
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
        if (minAmount != null && price.isLessThan(minAmount)) {
            credits = affordable(rate, minAmount, RoundingMode.UP);
            price = minAmount;
        } else if (maxAmount != null && maxAmount.isLessThan(price)) {
            // A millionth more costs nothing; a whole credit more would.
            boolean fine = step.equals(Credits.SMALLEST);
            credits = affordable(rate, maxAmount, fine ? RoundingMode.UP : RoundingMode.DOWN);
            price = fine ? maxAmount : priceOf(rate, credits);
            if (minAmount != null && price.isLessThan(minAmount)) {
                return Optional.empty();
            }
        }
        if (!price.isPositive() || !credits.isPositive()) {
            return Optional.empty();
        }
        return Optional.of(new Size(credits, bonusOn(rate, credits), price));
    }

    /** Rounded down to a minor unit: no credit costs more than in the package, whose price the user agreed to. */
    private static Money priceOf(CreditPackage rate, Credits credits) {
        return rate.price().prorated(credits, rate.amount(), RoundingMode.DOWN);
    }

    private Credits affordable(CreditPackage rate, Money amount, RoundingMode rounding) {
        Credits exact = Credits.ofMicros(BigDecimal.valueOf(rate.amount().micros())
                .multiply(BigDecimal.valueOf(amount.minorUnits()))
                .divide(BigDecimal.valueOf(rate.price().minorUnits()), 0, rounding)
                .longValueExact());
        return rounding == RoundingMode.UP ? exact.roundedUpTo(step) : exact.roundedDownTo(step);
    }

    /** Raises the minimum of a charge to a target to what the provider accepts. A higher minimum of the host stays. */
    Sizer raisedTo(Money minimum) {
        boolean enough = minAmount != null && !minAmount.isLessThan(minimum);
        return enough || sizing instanceof Sizing.Fixed ? this : new Sizer(sizing, bonus, minimum, maxAmount, step);
    }

    Sizer inStepsOf(Credits smallest) {
        return new Sizer(sizing, bonus, minAmount, maxAmount, smallest);
    }

    void checkThreshold(Credits threshold, PackageCatalog packages) {
        Range.notNegative("threshold", threshold);
        requireHeld("threshold", threshold);
        if (sizing instanceof Sizing.Target target) {
            checkTarget(threshold, target.target(), packages);
            return;
        }
        Credits most = packages.largest().amount().times(MAX_THRESHOLD_PACKAGES);
        if (most.isLessThan(threshold)) {
            throw new InvalidValueException(
                    "threshold", threshold, "must be at most " + most + ", ten times the largest package");
        }
    }

    private void checkTarget(Credits threshold, Credits target, PackageCatalog packages) {
        if (target.isAtMost(threshold)) {
            throw new InvalidValueException("threshold", threshold, "must be below the target, " + target);
        }
        Credits gap = target.minus(threshold);
        for (CreditPackage rate : packages.all()) {
            if (minAmount == null && !targetPrice(rate, gap, target).isPositive()) {
                throw new InvalidValueException(
                        "threshold", threshold, "must be so far below the target, " + target + ", that it has a price");
            }
        }
    }

    private static Money targetPrice(CreditPackage rate, Credits gap, Credits target) {
        try {
            return priceOf(rate, gap);
        } catch (ArithmeticException e) {
            throw new InvalidValueException("target", target, "must be low enough to have a price");
        }
    }

    /** @throws InvalidValueException when the ledger cannot store the amount */
    void requireHeld(String field, Credits amount) {
        if (!amount.isMultipleOf(step)) {
            throw new InvalidValueException(
                    field, amount, "cannot be held by the ledger, whose smallest amount is " + step);
        }
    }
}
