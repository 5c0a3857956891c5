package io.autorecharge.jdbc;

import io.autorecharge.account.Consent;
import io.autorecharge.credit.Money;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Checkout;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A sum over the terms that an attempt or checkout was opened with, which no other row repeats. It is written with the row and never changed, so
 * that the verification finds a later change of the terms. It protects against mistakes only: whoever can change the terms can also change the
 * sum. Rows from before the upgrade have none.
 */
final class TermsSeal {
    /** The same sum in SQL, of a row of {@code auto_recharge_attempts}. */
    static final String OF_ATTEMPT = sum("""
            concat_ws('|', id, recharge_id, attempt_number, customer_id, payment_method_id, coalesce(fingerprint, ''),
                amount_minor, amount_currency, description, installation_id)""");

    /** The same sum in SQL, of a row of {@code auto_recharge_checkouts}. */
    static final String OF_CHECKOUT = sum("""
            concat_ws('|', id, credits, price_minor, price_currency, coalesce(consent_version, ''),
                coalesce(consent_max_minor, 0), coalesce(consent_max_currency, ''), installation_id)""");

    private TermsSeal() {}

    static String of(Attempt attempt) {
        return sum(
                attempt.id().value(),
                attempt.recharge().value(),
                attempt.number(),
                attempt.customerId(),
                attempt.paymentMethodId(),
                attempt.fingerprint(),
                attempt.amount().minorUnits(),
                attempt.amount().currencyCode(),
                attempt.description(),
                InstallationRows.stored(attempt.installation()));
    }

    static String of(Checkout checkout) {
        Consent consent = checkout.consent();
        Money most = consent == null ? null : consent.max();
        return sum(
                checkout.id().value(),
                checkout.credits(),
                checkout.price().minorUnits(),
                checkout.price().currencyCode(),
                consent == null ? null : consent.version(),
                most == null ? 0 : most.minorUnits(),
                most == null ? null : most.currencyCode(),
                InstallationRows.stored(checkout.installation()));
    }

    private static String sum(@Nullable Object... terms) {
        StringBuilder text = new StringBuilder();
        for (Object term : terms) {
            text.append(text.isEmpty() ? "" : "|").append(term == null ? "" : term);
        }
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(text.toString().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String sum(String terms) {
        return "{pg:encode(sha256(convert_to(}{mariadb:sha2(}{h2:lower(rawtohex(hash('SHA-256', stringtoutf8(}" + terms
                + "{pg:, 'UTF8')), 'hex')}{mariadb:, 256)}{h2:))))}";
    }
}
