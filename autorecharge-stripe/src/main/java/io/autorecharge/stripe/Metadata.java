package io.autorecharge.stripe;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutRequest;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Our ids on Stripe's objects: what a charge or a purchase is recognised by when nothing else is left. */
final class Metadata {
    static final String ACCOUNT = "autorecharge_account";
    static final String RECHARGE = "autorecharge_recharge";
    static final String ATTEMPT = "autorecharge_attempt";
    static final String CHECKOUT = "autorecharge_checkout";

    private Metadata() {}

    static Map<String, String> of(ChargeRequest request) {
        return Map.of(
                ACCOUNT, request.account().value(),
                RECHARGE, request.recharge().value(),
                ATTEMPT, request.attempt().value());
    }

    static Map<String, String> of(CheckoutRequest request) {
        return Map.of(
                ACCOUNT, request.account().value(),
                CHECKOUT, request.checkout().value());
    }

    static Optional<AccountId> account(@Nullable Map<String, String> metadata) {
        return read(metadata, ACCOUNT, AccountId::new);
    }

    static Optional<CheckoutId> checkout(@Nullable Map<String, String> metadata) {
        return read(metadata, CHECKOUT, CheckoutId::new);
    }

    /** Empty for a purchase's payment, even when it carries an attempt's id as well. */
    static Optional<AttemptId> attempt(@Nullable Map<String, String> metadata) {
        return metadata == null || metadata.containsKey(CHECKOUT)
                ? Optional.empty()
                : read(metadata, ATTEMPT, AttemptId::new);
    }

    static boolean belongsTo(@Nullable Map<String, String> metadata, ChargeRequest request) {
        return attempt(metadata).filter(request.attempt()::equals).isPresent();
    }

    /** What somebody wrote into the dashboard is no id of ours, and no reason to fail. */
    private static <T> Optional<T> read(@Nullable Map<String, String> metadata, String key, Function<String, T> id) {
        String value = metadata == null ? null : metadata.get(key);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(id.apply(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
