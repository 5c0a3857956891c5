package io.autorecharge.jdbc;

import io.autorecharge.account.Announcement;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.Recharge;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A sum over the terms that an attempt or checkout was opened with, which no other row repeats. It is written with the row, and changed once, when
 * the session of a checkout is created, so that the verification finds a later change of the terms or the session. It protects against mistakes only: whoever can change the terms can also change the
 * sum. Rows from before the upgrade have none.
 */
final class TermsSeal {
    /** The same sum in SQL, of an attempt {@code a} and its recharge {@code r}. */
    static final String OF_ATTEMPT = sum("""
            concat_ws('|', a.account_id, a.id, a.recharge_id, a.attempt_number, a.customer_id, a.payment_method_id,
                coalesce(a.fingerprint, ''), a.amount_minor, a.amount_currency, a.description, a.installation_id, r.triggered_by,
                r.package_credits, cast(r.credits as decimal(19, 6)), cast(r.bonus as decimal(19, 6)),
                cast(r.balance as decimal(19, 6)), case when r.max_attempts = 1 then null else r.max_attempts end,
                r.announced_max_minor, r.announced_currency, r.announced_credits, r.announced_price_minor, r.announced_cards)""");

    private static final String CHECKOUT_TERMS = """
            concat_ws('|', account_id, id, credits, price_minor, price_currency, coalesce(consent_version, ''),
                coalesce(consent_max_minor, 0), coalesce(consent_max_currency, ''), installation_id, saves""";

    /** The same sum in SQL, of a row of {@code auto_recharge_checkouts} whose session was not known when it was sealed. */
    static final String OF_CHECKOUT = sum(CHECKOUT_TERMS + ")");

    /** The same sum in SQL, with the session, which is added as soon as it is known. */
    static final String OF_CHECKOUT_WITH_SESSION = sum(CHECKOUT_TERMS + ", session_id)");

    /** As {@code concat_ws} leaves out null: recharges of the version before have one attempt, checkouts are purchases, and no such term. */
    private static final Object LEFT_OUT = new Object();

    private TermsSeal() {}

    static String of(Recharge recharge, Attempt attempt) {
        List<@Nullable Object> terms = new ArrayList<>();
        Collections.addAll(
                terms,
                attempt.account().value(),
                attempt.id().value(),
                attempt.recharge().value(),
                attempt.number(),
                attempt.customerId(),
                attempt.paymentMethodId(),
                attempt.fingerprint(),
                attempt.amount().minorUnits(),
                attempt.amount().currencyCode(),
                attempt.description(),
                InstallationRows.stored(attempt.installation()),
                recharge.trigger(),
                recharge.packageCredits(),
                decimal(recharge.credits()),
                decimal(recharge.bonus()),
                decimal(recharge.balance()),
                recharge.maxAttempts() == 1 ? LEFT_OUT : recharge.maxAttempts());
        Announcement announced = recharge.announced();
        if (announced != null) {
            Collections.addAll(
                    terms,
                    announced.max().minorUnits(),
                    announced.max().currencyCode(),
                    announced.packageCredits(),
                    announced.packagePrice().minorUnits(),
                    AnnouncementColumns.cards(announced));
        }
        return sum(terms.toArray());
    }

    private static String decimal(Credits credits) {
        return credits.toBigDecimal().setScale(Credits.PLACES).toPlainString();
    }

    static String of(Checkout checkout) {
        Consent consent = checkout.consent();
        Money most = consent == null ? null : consent.max();
        List<@Nullable Object> terms = new ArrayList<>();
        Collections.addAll(
                terms,
                checkout.account().value(),
                checkout.id().value(),
                checkout.credits(),
                checkout.price().minorUnits(),
                checkout.price().currencyCode(),
                consent == null ? null : consent.version(),
                most == null ? 0 : most.minorUnits(),
                most == null ? null : most.currencyCode(),
                InstallationRows.stored(checkout.installation()));
        terms.add(checkout.saves() == null ? LEFT_OUT : checkout.saves());
        if (checkout.sessionId() != null) {
            terms.add(checkout.sessionId());
        }
        return sum(terms.toArray());
    }

    private static String sum(@Nullable Object... terms) {
        StringBuilder text = new StringBuilder();
        for (Object term : terms) {
            if (term != LEFT_OUT) {
                text.append(text.isEmpty() ? "" : "|").append(term == null ? "" : term);
            }
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
