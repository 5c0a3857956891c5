package io.autorecharge.stripe;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.credit.Text;
import java.time.Duration;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Stripe's codes mean for the next attempt: whose fault the failure is, and whether the same payment method may be tried again. Give a
 * changed table to {@link StripeSettings.Builder#failureCodes}, or define it as a bean. Immutable and safe to share.
 *
 * <p>A name is an error code or decline code of Stripe, such as {@code insufficient_funds}, or one of
 *
 * <ul>
 *   <li>{@code advice/} with Stripe's {@code advice_code}, such as {@code advice/do_not_try_again};
 *   <li>{@code network/} with the {@code network_advice_code}, such as {@code network/03};
 *   <li>a brand with its {@code network_decline_code}, such as {@code visa/41}: the same number means something else at another brand.
 * </ul>
 *
 * <p>A failure often has several codes. The strictest one counts. A failed payment without a known code may work later. A request that Stripe
 * refused with an unknown code is sent a few times, and then reported.
 *
 * <p>Sources: docs.stripe.com/declines/codes, docs.stripe.com/error-codes, and Stripe's pages on ACH returns.
 */
public final class FailureCodes {
    private static final int MAX_WAIT_DAYS = 60;
    private static final FailureCodes DEFAULTS = new FailureCodes(DefaultFailureCodes.table());

    private final Map<String, Meaning> table;

    private FailureCodes(Map<String, Meaning> table) {
        this.table = Collections.unmodifiableMap(new HashMap<>(table));
    }

    /** Who must change something before a charge can succeed. */
    public enum Fault {
        /** The customer's payment method. */
        METHOD,
        /** The configuration of the application or of its Stripe account; customers are not blamed. */
        HOST,
        /** Stripe, the card network or the bank. */
        PROVIDER
    }

    /** Whether the same payment method may be tried again, from the mildest to the strictest. */
    public enum Retry {
        /** Later. */
        LATER,
        /** Only after the customer has saved it again, for example with a new mandate. */
        AFTER_UPDATE,
        /** Never: another payment method is needed. */
        NEVER
    }

    /**
     * What a code means.
     *
     * @param fault who must change something
     * @param retry whether the same method may be tried again
     * @param retryAfter the least wait before the next attempt, positive and at most 60 days; null when the back-off of the policy decides
     */
    public record Meaning(
            Fault fault, Retry retry, @Nullable Duration retryAfter) {
        /** @throws InvalidValueException when the wait is not positive or longer than 60 days */
        public Meaning {
            Objects.requireNonNull(fault, "fault");
            Objects.requireNonNull(retry, "retry");
            if (retryAfter != null) {
                Range.positive("retryAfter", retryAfter, MAX_WAIT_DAYS);
            }
        }

        /** A meaning without a wait of its own. */
        public Meaning(Fault fault, Retry retry) {
            this(fault, retry, null);
        }
    }

    /** The codes that Stripe documents, and those of recorded responses. */
    public static FailureCodes ofDefaults() {
        return DEFAULTS;
    }

    /**
     * The same table with one more meaning, or another one.
     *
     * @throws InvalidValueException when the name is blank
     */
    public FailureCodes with(String name, Meaning meaning) {
        Map<String, Meaning> changed = new HashMap<>(table);
        changed.put(Text.require("name", name), Objects.requireNonNull(meaning, "meaning"));
        return new FailureCodes(changed);
    }

    /** The meaning of a name; empty when it is not known. */
    public Optional<Meaning> find(@Nullable String name) {
        return name == null ? Optional.empty() : Optional.ofNullable(table.get(name));
    }

    /** All names with their meanings, in no particular order. */
    public Map<String, Meaning> all() {
        return table;
    }
}
