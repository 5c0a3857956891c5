package io.autorecharge.account;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One entry of what a user has agreed to. Records are only added: an agreement that changes, or is withdrawn, is another record. Immutable.
 *
 * @param account whose agreement it is
 * @param number 1 for the account's first record, and so on
 * @param kind what happened
 * @param version the version of the text that the agreement names
 * @param textHash the SHA-256 of that text in hexadecimal digits; null when the host has not given the text
 * @param bought the package that was chosen, and its price; null when none was, and in a withdrawal
 * @param max the most that one recharge may cost; null in a withdrawal
 * @param limits the bounds that applied; null in a withdrawal
 * @param methods the provider's ids of the payment methods that were listed, the primary one first; in {@link Kind#METHOD_ADDED} the added one
 * @param source how the user acted
 * @param actor who acted: {@link #USER}, {@link #SYSTEM}, or what the host named
 * @param at when
 */
public record ConsentRecord(
        AccountId account,
        int number,
        Kind kind,
        String version,
        @Nullable String textHash,
        @Nullable AgreedPackage bought,
        @Nullable Money max,
        @Nullable Limits limits,
        List<String> methods,
        Consent.Source source,
        String actor,
        Instant at) {
    /** The account's user. */
    public static final String USER = "USER";

    /** This library. */
    public static final String SYSTEM = "SYSTEM";

    public ConsentRecord {
        Objects.requireNonNull(account, "account");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(version, "version");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(actor, "actor");
        Objects.requireNonNull(at, "at");
        methods = List.copyOf(methods);
    }

    /** What a record says. Stored by name. */
    public enum Kind {
        /** The user agreed, or agreed to another text, price or maximum. */
        GIVEN,
        /** The user switched auto-recharge off. */
        REVOKED,
        /** The user added a payment method to the list that the agreement covers. */
        METHOD_ADDED
    }

    /**
     * Bounds that applied when the user agreed.
     *
     * @param threshold the account's threshold
     * @param purchases the maximum number of recharges within {@code window}
     * @param window the window of {@code purchases}, in whole seconds
     * @param monthlySpend the maximum per calendar month; null when there was none
     */
    public record Limits(
            Credits threshold,
            int purchases,
            Duration window,
            @Nullable Money monthlySpend) {}
}
