package io.autorecharge.policy;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** How many promotional credits a purchase adds. A pure function; it rounds down to a millionth. */
public sealed interface Bonus {
    /** 20 credits on every automatic recharge, by default. */
    Bonus DEFAULT = fixed(Credits.of(20));

    /**
     * The bonus of one charge, which may buy several of the package.
     *
     * @return zero or more
     * @throws ArithmeticException when it does not fit
     */
    Credits on(CreditPackage chosen, Credits purchased);

    /** The bonus of a package where it is a fixed amount; empty where it depends on the credits bought. */
    Optional<Credits> fixedOn(CreditPackage chosen);

    /** No bonus. */
    static Bonus none() {
        return new Fixed(Credits.ZERO);
    }

    /** The same bonus on every charge, however much it buys. */
    static Bonus fixed(Credits credits) {
        return new Fixed(credits);
    }

    /**
     * A share of the credits bought: {@code percent("5")} gives 5 on 100.
     *
     * @throws InvalidValueException when it is not a decimal number from 0 to 1000 with at most 6 places
     */
    static Bonus percent(String percent) {
        return new Percent(Text.decimal("bonusPercent", percent));
    }

    /** A bonus for each package size; other sizes have none. */
    static Bonus byPackage(Map<Integer, Bonus> tiers) {
        return new Tiers(tiers);
    }

    /** See {@link Bonus#fixed}. */
    record Fixed(Credits credits) implements Bonus {
        public Fixed {
            Range.notNegative("bonusCredits", credits);
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
            Objects.requireNonNull(percent, "bonusPercent");
            if (percent.signum() < 0 || percent.compareTo(GREATEST) > 0) {
                throw new InvalidValueException("bonusPercent", percent, "must be between 0 and " + GREATEST);
            }
            if (percent.scale() > Credits.PLACES) {
                throw new InvalidValueException(
                        "bonusPercent", percent, "must have at most " + Credits.PLACES + " decimal places");
            }
        }

        @Override
        public Credits on(CreditPackage chosen, Credits purchased) {
            BigDecimal exact =
                    BigDecimal.valueOf(purchased.micros()).multiply(percent).movePointLeft(2);
            return Credits.ofMicros(exact.setScale(0, RoundingMode.DOWN).longValueExact());
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
                Range.atLeast("bonusTiers", size, 1);
                if (bonus instanceof Tiers) {
                    throw new InvalidValueException("bonusTiers", bonus, "must not have tiers within package " + size);
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
