package io.autorecharge.stripe;

import com.stripe.param.checkout.SessionCreateParams;
import com.stripe.param.checkout.SessionCreateParams.ExcludedPaymentMethodType;
import io.autorecharge.credit.InvalidValueException;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which types of payment methods a checkout offers that saves the method for later charges. Others, such as iDEAL or Klarna, pay once and cannot
 * be charged again without the customer.
 */
final class SavedMethodTypes {
    private static final String FIELD = "savedMethodTypes";
    private static final String LINK = "link";
    private static final String SEPA_DEBIT = "sepa_debit";

    /** The types that can be charged while the customer is absent without a page of their own. */
    static final List<String> DEFAULT = List.of("card", LINK, SEPA_DEBIT, "us_bank_account");

    /** The types whose {@code setup_future_usage} may be {@code off_session} in a purchase (https://docs.stripe.com/api/checkout/sessions/create). */
    private static final Set<String> CHARGEABLE_LATER = Set.of(
            "acss_debit",
            "amazon_pay",
            "bacs_debit",
            "boleto",
            "card",
            "cashapp",
            "kakao_pay",
            "kr_card",
            LINK,
            "naver_pay",
            "paypal",
            "payto",
            "pix",
            "revolut_pay",
            SEPA_DEBIT,
            "twint",
            "upi",
            "us_bank_account");

    /** Types that pay once, and of which saving without a payment generates a SEPA debit. */
    private static final Set<String> GENERATING_SEPA_DEBIT = Set.of("bancontact", "ideal");

    private SavedMethodTypes() {}

    /** The types to offer where a method is saved without a payment: those that generate a SEPA debit as well, if that may be charged. */
    static Set<String> withGenerating(Set<String> types) {
        Set<String> all = new TreeSet<>(types);
        if (types.contains(SEPA_DEBIT)) {
            all.addAll(GENERATING_SEPA_DEBIT);
        }
        return all;
    }

    /** @throws InvalidValueException when there is none, or one that cannot be charged later */
    static Set<String> checked(@Nullable Collection<String> types) {
        if (types == null || types.isEmpty()) {
            throw new InvalidValueException(FIELD, types, "must contain at least one type, such as card");
        }
        for (String type : types) {
            if (type == null || !CHARGEABLE_LATER.contains(type)) {
                throw new InvalidValueException(
                        FIELD,
                        type == null ? null : SafeText.of(type),
                        "cannot be charged later; possible are " + String.join(", ", new TreeSet<>(CHARGEABLE_LATER)));
            }
        }
        return Set.copyOf(types);
    }

    static boolean canBeChargedLater(@Nullable String type) {
        return type != null && CHARGEABLE_LATER.contains(type);
    }

    /** Offers these types only, of those that the account has activated in Stripe's dashboard. */
    static void offer(SessionCreateParams.Builder params, Set<String> types) {
        for (ExcludedPaymentMethodType type : ExcludedPaymentMethodType.values()) {
            if (!types.contains(type.getValue())) {
                params.addExcludedPaymentMethodType(type);
            }
        }
        if (!types.contains(LINK)) {
            params.setWalletOptions(SessionCreateParams.WalletOptions.builder()
                    .setLink(SessionCreateParams.WalletOptions.Link.builder()
                            .setDisplay(SessionCreateParams.WalletOptions.Link.Display.NEVER)
                            .build())
                    .build());
        }
    }
}
