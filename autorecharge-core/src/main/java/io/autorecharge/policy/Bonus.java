package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Optional;

/** How many promotional credits a purchase brings on top. Pure; rounds down to what credits can hold. */
public sealed interface Bonus {
    /** The seed's: 20 credits on every automatic recharge. */
    Bonus DEFAULT = fixed(Credits.of(20));

    /**
     * The bonus of one charge, which may buy several increments of the package.
     *
     * @return zero or more
     */
    Credits on(CreditPackage chosen, Credits purchased);

    /** The bonus of a package where it is an amount that the host has named, and no share of anything. */
    Optional<Credits> fixedOn(CreditPackage chosen);

    /** No bonus. */
    static Bonus none() {
        return new Fixed(Credits.ZERO);
    }

    /** The same bonus on every charge, however many increments it buys. */
    static Bonus fixed(Credits credits) {
        return new Fixed(credits);
    }

    /** A share of the credits bought: {@code percent("5")} gives 5 on 100. */
    static Bonus percent(String percent) {
        try {
            return new Percent(new BigDecimal(percent));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("bonus percent is not a decimal number: '" + percent + "'", e);
        }
    }

    /** A rule for each package size; sizes that are not named bring none. */
    static Bonus byPackage(Map<Integer, Bonus> tiers) {
        return new Tiers(tiers);
    }

    /** See {@link Bonus#fixed}. */
    record Fixed(Credits credits) implements Bonus {
        public Fixed {
            if (credits.isNegative()) {
                throw new IllegalArgumentException("bonus must not be negative: " + credits);
            }
        }

        @Override
        public Credits on(CreditPackage chosen, Credits purchased) {
            return credits;
        }

        @Override
        public Optional<Credits> fixedOn(CreditPackage chosen) {
            return Optional.of(credits);
        }
    }

    /** See {@link Bonus#percent}. */
    record Percent(BigDecimal percent) implements Bonus {
        private static final BigDecimal GREATEST = BigDecimal.valueOf(1000);

        public Percent {
            if (percent.signum() < 0 || percent.compareTo(GREATEST) > 0 || percent.scale() > Credits.PLACES) {
                throw new IllegalArgumentException("bonus percent must be from 0 to 1000: " + percent);
            }
        }

        @Override
        public Credits on(CreditPackage chosen, Credits purchased) {
            BigDecimal exact = purchased.toBigDecimal().multiply(percent).movePointLeft(2);
            return Credits.of(exact.setScale(Credits.PLACES, RoundingMode.DOWN));
        }

        @Override
        public Optional<Credits> fixedOn(CreditPackage chosen) {
            return Optional.empty();
        }
    }

    /** See {@link Bonus#byPackage}. */
    record Tiers(Map<Integer, Bonus> tiers) implements Bonus {
        public Tiers {
            tiers = Map.copyOf(tiers);
            tiers.forEach((size, bonus) -> {
                if (size < 1 || bonus instanceof Tiers) {
                    throw new IllegalArgumentException(
                            "bonus tier of package " + size + " is not a plain bonus: " + bonus);
                }
            });
        }

        @Override
        public Credits on(CreditPackage chosen, Credits purchased) {
            Bonus tier = tiers.get(chosen.credits());
            return tier == null ? Credits.ZERO : tier.on(chosen, purchased);
        }

        @Override
        public Optional<Credits> fixedOn(CreditPackage chosen) {
            return Optional.ofNullable(tiers.get(chosen.credits())).flatMap(tier -> tier.fixedOn(chosen));
        }
    }
}
