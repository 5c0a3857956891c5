package io.autorecharge.policy;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a charge within what the user agreed to. A charge that would cost more is reduced to the agreed maximum when one charge is enough, or
 * when it is the first after the user saved the settings. Otherwise nothing is charged until the user agrees: a reduced charge would leave the
 * balance low, the next would follow after the cooldown, and the user would pay in parts what was never agreed to.
 *
 * @param max the most that one charge may cost
 * @param first whether nothing was charged since the user saved the settings
 */
record AgreedCharge(Money max, boolean first) {
    /** @param lastOpenedAt start of the last recharge; null if there is none */
    static AgreedCharge of(Consent consent, CreditPackage chosen, @Nullable Instant lastOpenedAt) {
        boolean first = consent.source() == Consent.Source.SETTINGS
                && (lastOpenedAt == null || lastOpenedAt.isBefore(consent.at()));
        return new AgreedCharge(consent.max() == null ? chosen.price() : consent.max(), first);
    }

    boolean covers(Money price) {
        return max.currency().equals(price.currency()) && !max.isLessThan(price);
    }

    /** The wanted charge, or what is agreed of it; empty when nothing may be charged. */
    Optional<Size> limit(Size wanted, Sizer sizer, CreditPackage chosen, Standing s, boolean inclusive) {
        if (covers(wanted.price())) {
            return Optional.of(wanted);
        }
        if (!max.currency().equals(wanted.price().currency())) {
            return Optional.empty();
        }
        Threshold threshold = new Threshold(s.settings().threshold(), inclusive);
        return sizer.atMost(max)
                .size(chosen, s.balance(), threshold.credits())
                .filter(reduced -> covers(reduced.price()) && sizer.reaches(reduced.price()))
                .filter(reduced -> first || !threshold.isLow(after(s.balance(), reduced)));
    }

    private static Credits after(Credits balance, Size size) {
        return balance.plus(size.credits()).plus(size.bonus());
    }
}
