package io.autorecharge.stripe;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Text;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.ChargeTerms;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutTerms;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.gateway.SetupRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The library's ids in the metadata of Stripe's objects, and the terms of the purchase. They identify a charge or a purchase, and restore
 * it when the database has lost it.
 */
final class Metadata {
    static final String INSTALLATION = "autorecharge_installation";
    static final String ACCOUNT = "autorecharge_account";
    static final String RECHARGE = "autorecharge_recharge";
    static final String ATTEMPT = "autorecharge_attempt";
    static final String CHECKOUT = "autorecharge_checkout";

    /** The number of an attempt within its recharge, and what it charges. The first attempt has neither. */
    static final String NUMBER = "autorecharge_number";

    static final String METHOD = "autorecharge_method";

    static final String PACKAGE = "autorecharge_package";
    static final String CREDITS = "autorecharge_credits";
    static final String BONUS = "autorecharge_bonus";
    static final String ENABLES = "autorecharge_enables";
    static final String CONSENT = "autorecharge_consent";
    static final String RECOVERS = "autorecharge_recovers";

    /** Where the method takes its place that a checkout adds; purchases have none. */
    static final String SAVES = "autorecharge_saves";

    /** Why the payment failed, as {@link StoredReason} writes it. */
    static final String REASON = "autorecharge_reason";

    /** No installation that makes its own id, or is configured with care, has this one. */
    private static final InstallationId UNREADABLE = new InstallationId("unreadable");

    private Metadata() {}

    /** Always in the same order, so that a repeated request is byte for byte the same. */
    static Map<String, String> of(ChargeRequest request) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ACCOUNT, request.account().value());
        metadata.put(RECHARGE, request.recharge().value());
        metadata.put(ATTEMPT, request.attempt().value());
        ChargeTerms terms = request.terms();
        if (terms != null) {
            metadata.put(PACKAGE, String.valueOf(terms.packageCredits()));
            metadata.put(CREDITS, terms.credits().toString());
            metadata.put(BONUS, terms.bonus().toString());
        }
        put(metadata, request.installation());
        if (request.number() > 1) {
            metadata.put(NUMBER, String.valueOf(request.number()));
            metadata.put(METHOD, request.paymentMethodId());
        }
        return metadata;
    }

    static Map<String, String> of(CheckoutRequest request) {
        return checkout(request.account(), request.checkout(), request.terms(), request.installation());
    }

    static Map<String, String> of(SetupRequest request) {
        return checkout(request.account(), request.checkout(), request.terms(), request.installation());
    }

    private static Map<String, String> checkout(
            AccountId account, CheckoutId checkout, CheckoutTerms terms, @Nullable InstallationId installation) {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put(ACCOUNT, account.value());
        metadata.put(CHECKOUT, checkout.value());
        metadata.put(CREDITS, String.valueOf(terms.credits()));
        metadata.put(ENABLES, String.valueOf(terms.enable()));
        if (terms.consentVersion() != null) {
            metadata.put(CONSENT, terms.consentVersion());
        }
        if (terms.recovers() != null) {
            metadata.put(RECOVERS, terms.recovers().value());
        }
        if (terms.saves() != null) {
            metadata.put(SAVES, terms.saves().name());
        }
        put(metadata, installation);
        return metadata;
    }

    private static void put(Map<String, String> metadata, @Nullable InstallationId installation) {
        if (installation != null) {
            metadata.put(INSTALLATION, installation.value());
        }
    }

    /** The installation that an object says it belongs to, even if no installation can have this id; empty if it says nothing. */
    static Optional<String> carried(@Nullable Map<String, String> metadata) {
        return Optional.ofNullable(metadata == null ? null : metadata.get(INSTALLATION))
                .filter(it -> !it.isBlank());
    }

    /** Null if the object carries none. A value that the library cannot have written belongs to another installation. */
    static @Nullable InstallationId installation(@Nullable Map<String, String> metadata) {
        return carried(metadata)
                .map(it -> read(metadata, INSTALLATION, InstallationId::new).orElse(UNREADABLE))
                .orElse(null);
    }

    /** Whether an object has none of the library's ids. */
    static boolean isOthers(@Nullable Map<String, String> metadata) {
        return metadata == null || !(metadata.containsKey(ATTEMPT) || metadata.containsKey(CHECKOUT));
    }

    /** Empty for charges that an older version made without them, and if they were changed. */
    static Optional<ChargeTerms> chargeTerms(Map<String, String> metadata) {
        return read(
                metadata,
                CREDITS,
                credits -> new ChargeTerms(
                        Integer.parseInt(metadata.getOrDefault(PACKAGE, "")),
                        Credits.of(credits),
                        Credits.of(metadata.getOrDefault(BONUS, ""))));
    }

    /** Empty for checkout sessions that an older version created without them, and if they were changed. */
    static Optional<CheckoutTerms> checkoutTerms(Map<String, String> metadata) {
        String recovers = metadata.get(RECOVERS);
        String saves = metadata.get(SAVES);
        return read(
                metadata,
                CREDITS,
                credits -> new CheckoutTerms(
                        Integer.parseInt(credits),
                        Boolean.parseBoolean(metadata.get(ENABLES)),
                        metadata.get(CONSENT),
                        recovers == null ? null : new AttemptId(recovers),
                        saves == null ? null : MethodPlace.valueOf(saves)));
    }

    /** The number of an attempt within its recharge: 1 if the metadata has none; empty if the library cannot have written it. */
    static Optional<Integer> number(Map<String, String> metadata) {
        return metadata.containsKey(NUMBER)
                ? read(metadata, NUMBER, Integer::parseInt).filter(it -> it > 0)
                : Optional.of(1);
    }

    /** What a further attempt charges, as it was sent; null for a first one. */
    static @Nullable String method(Map<String, String> metadata) {
        return read(metadata, METHOD, it -> Text.require(METHOD, it)).orElse(null);
    }

    static Optional<RechargeId> recharge(@Nullable Map<String, String> metadata) {
        return read(metadata, RECHARGE, RechargeId::new);
    }

    static Optional<AccountId> account(@Nullable Map<String, String> metadata) {
        return read(metadata, ACCOUNT, AccountId::new);
    }

    static Optional<CheckoutId> checkout(@Nullable Map<String, String> metadata) {
        return read(metadata, CHECKOUT, CheckoutId::new);
    }

    /** Empty for the payment of a purchase, even if it also has the id of an attempt. */
    static Optional<AttemptId> attempt(@Nullable Map<String, String> metadata) {
        return metadata == null || metadata.containsKey(CHECKOUT)
                ? Optional.empty()
                : read(metadata, ATTEMPT, AttemptId::new);
    }

    static boolean belongsTo(@Nullable Map<String, String> metadata, ChargeRequest request) {
        return attempt(metadata).filter(request.attempt()::equals).isPresent()
                && Objects.equals(installation(metadata), request.installation());
    }

    /** Ignores values that the library cannot have written, such as those that were entered in the dashboard. */
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
