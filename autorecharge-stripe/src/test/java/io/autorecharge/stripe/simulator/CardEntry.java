package io.autorecharge.stripe.simulator;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The details of a card as the customer entered them. */
record CardEntry(
        Optional<TestCard> card,
        boolean validNumber,
        @Nullable YearMonth expiry) {

    static CardEntry ofToken(String token) {
        TestCard card = TestCard.find(token)
                .filter(found -> token.startsWith("tok_"))
                .orElseThrow(() -> ApiError.noSuch("token", "card[token]", token));
        return new CardEntry(Optional.of(card), true, null);
    }

    static CardEntry of(String number, String month, String year, String cvc) {
        String digits = number.replaceAll("[\\s-]", "");
        int monthNumber = whole(month, "exp_month", "invalid_expiry_month", "Your card's expiration month is invalid.");
        int yearNumber = whole(year, "exp_year", "invalid_expiry_year", "Your card's expiration year is invalid.");
        if (monthNumber < 1 || monthNumber > 12) {
            throw invalid("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        }
        if (!cvc.matches("\\d{3,4}")) {
            throw invalid("invalid_cvc", "Your card's security code is invalid.", "cvc");
        }
        int fullYear = yearNumber < 100 ? 2000 + yearNumber : yearNumber;
        return new CardEntry(TestCard.find(digits), hasLuhnDigit(digits), YearMonth.of(fullYear, monthNumber));
    }

    /** As entered on the checkout page, with the expiry as MM/YY. */
    static CardEntry typed(String number, String expiry, String cvc) {
        String[] parts = expiry.replaceAll("\\s", "").split("/", 2);
        return of(number, parts[0], parts.length == 2 ? parts[1] : "", cvc.strip());
    }

    /** The test card with this number, or an error. */
    TestCard accepted() {
        if (!validNumber) {
            throw invalid("incorrect_number", "Your card number is incorrect.", "number");
        }
        return card.orElseThrow(() -> ApiError.card(Decline.NOT_A_TEST_CARD, new JsonObject().with("param", "number")));
    }

    /** Stripe checks the expiry before it asks the bank, so an expired card is never created. */
    CardEntry notExpired(Instant now) {
        YearMonth month = YearMonth.from(now.atZone(ZoneOffset.UTC));
        if (expiry != null && expiry.isBefore(month)) {
            throw expiry.getYear() < month.getYear()
                    ? invalid("invalid_expiry_year", "Your card's expiration year is invalid.", "exp_year")
                    : invalid("invalid_expiry_month", "Your card's expiration month is invalid.", "exp_month");
        }
        return this;
    }

    private static int whole(String text, String param, String code, String message) {
        if (!text.matches("\\d{1,4}")) {
            throw invalid(code, message, param);
        }
        return Integer.parseInt(text);
    }

    private static ApiError invalid(String code, String message, String param) {
        return ApiError.card(new Decline(code, null, message, null, null), new JsonObject().with("param", param));
    }

    private static boolean hasLuhnDigit(String digits) {
        if (!digits.matches("\\d{12,19}")) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit : digit * 2;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}
