package io.autorecharge.examples.demo;

import io.autorecharge.credit.Money;
import java.util.List;

/**
 * What a user must be shown and confirm before something is saved or bought.
 *
 * @param amount what is charged now, or zero
 * @param max the most that one recharge may cost from now on
 * @param price what the package costs
 * @param sentences what happens, for people
 * @param button what the button says
 * @param path where the confirmed form is sent
 */
record Ask(Money amount, Money max, Money price, List<String> sentences, String button, String path) {
    /** For the hidden fields. */
    public String amountText() {
        return amount.toBigDecimal().toPlainString();
    }

    public String priceText() {
        return price.toBigDecimal().toPlainString();
    }

    public String maxText() {
        return max.toBigDecimal().toPlainString();
    }
}
