package io.autorecharge.account;

import io.autorecharge.credit.Money;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a customer was told before a charge. Until it is charged or withdrawn, one charge that it covers needs no other announcement.
 *
 * @param at when it was announced, by the clock of the node that did
 * @param notBefore the announced time: nothing is charged before it
 * @param max the greatest amount
 * @param packageCredits the size of the package whose price was announced, in credits
 * @param packagePrice the price of that package
 * @param cards the cards that may be charged, the first one first: each by its fingerprint, or by the id of its payment method
 */
public record Announcement(
        Instant at, Instant notBefore, Money max, int packageCredits, Money packagePrice, List<String> cards) {
    public Announcement {
        Objects.requireNonNull(at, "at");
        Objects.requireNonNull(notBefore, "notBefore");
        Objects.requireNonNull(max, "max");
        Objects.requireNonNull(packagePrice, "packagePrice");
        cards = List.copyOf(cards);
    }

    /** What a charge has that was not announced. The names are the reasons of events. */
    public enum Gap {
        /** It costs more than the greatest amount, or another currency. */
        HIGHER_AMOUNT,
        /** A credit costs more than with the announced package. */
        HIGHER_PRICE,
        /** It is charged to a card that was not announced. */
        OTHER_METHOD
    }

    /**
     * What a charge has that was not announced; null when it is covered.
     *
     * @param price what is charged
     * @param credits the size of the package whose price applies
     * @param ofPackage the price of that package
     * @param card the card that is charged
     */
    public @Nullable Gap gap(Money price, int credits, Money ofPackage, String card) {
        if (!price.currency().equals(max.currency()) || max.isLessThan(price)) {
            return Gap.HIGHER_AMOUNT;
        }
        if (!ofPackage.currency().equals(packagePrice.currency()) || isDearer(ofPackage, credits)) {
            return Gap.HIGHER_PRICE;
        }
        return cards.contains(card) ? null : Gap.OTHER_METHOD;
    }

    private boolean isDearer(Money ofPackage, int credits) {
        return product(packagePrice, credits).compareTo(product(ofPackage, packageCredits)) < 0;
    }

    private static BigInteger product(Money price, int credits) {
        return BigInteger.valueOf(price.minorUnits()).multiply(BigInteger.valueOf(credits));
    }
}
