package io.autorecharge.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Dispute;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.param.DisputeListParams;
import com.stripe.param.RefundListParams;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.Reversal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads the refunds and disputes of a captured payment as they are now. A refund counts from its creation
 * (https://docs.stripe.com/refunds). A dispute counts from the withdrawal of the money, not from its opening, because an inquiry moves no money
 * (https://docs.stripe.com/disputes/how-disputes-work).
 */
final class ReversalList {
    private static final Set<String> GONE_AGAIN = Set.of("failed", "canceled");

    private final StripeClient client;

    ReversalList(StripeClient client) {
        this.client = client;
    }

    /** @param captured the amount that the intent received */
    PaymentReversals of(PaymentIntent intent, Money captured) throws StripeException {
        List<Reversal> reversals = new ArrayList<>();
        for (Refund refund : StripeLists.all(last -> client.v1().refunds().list(refunds(intent, last)), any -> true)) {
            reversals.add(of(refund));
        }
        for (Dispute dispute :
                StripeLists.all(last -> client.v1().disputes().list(disputes(intent, last)), any -> true)) {
            reversals.add(of(dispute, captured));
        }
        return new PaymentReversals(intent.getId(), intent.getCustomer(), captured, reversals, card(intent));
    }

    /** The fingerprint, or the id of the payment method for what has none. */
    private static @Nullable String card(PaymentIntent intent) {
        String fingerprint = StripePaymentHistory.fingerprint(intent.getLatestChargeObject());
        return fingerprint == null ? intent.getPaymentMethod() : fingerprint;
    }

    private static RefundListParams refunds(PaymentIntent intent, @Nullable String after) {
        RefundListParams.Builder params =
                RefundListParams.builder().setPaymentIntent(intent.getId()).setLimit(StripeLists.SIZE);
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    private static DisputeListParams disputes(PaymentIntent intent, @Nullable String after) {
        DisputeListParams.Builder params =
                DisputeListParams.builder().setPaymentIntent(intent.getId()).setLimit(StripeLists.SIZE);
        return after == null ? params.build() : params.setStartingAfter(after).build();
    }

    private static Reversal of(Refund refund) {
        Money amount = StripeCurrency.fromStripe(refund.getAmount(), refund.getCurrency());
        boolean back = GONE_AGAIN.contains(String.valueOf(refund.getStatus()));
        return new Reversal(refund.getId(), Reversal.Kind.REFUND, amount, back ? amount : none(amount));
    }

    /**
     * The balance transactions show in which direction money has moved. Their amounts are in the settlement currency, so the amount of the
     * dispute is used instead, or the whole payment if the dispute is in another currency.
     */
    private static Reversal of(Dispute dispute, Money captured) {
        Money disputed = StripeCurrency.fromStripe(dispute.getAmount(), dispute.getCurrency());
        Money amount = disputed.currency().equals(captured.currency()) ? disputed : captured;
        boolean back = "won".equals(dispute.getStatus()) || moved(dispute, units -> units > 0);
        boolean withdrawn = back || "lost".equals(dispute.getStatus()) || moved(dispute, units -> units < 0);
        return new Reversal(
                dispute.getId(),
                Reversal.Kind.DISPUTE,
                withdrawn ? amount : none(amount),
                back ? amount : none(amount));
    }

    private static boolean moved(Dispute dispute, Predicate<Long> direction) {
        List<BalanceTransaction> transactions = dispute.getBalanceTransactions();
        return transactions != null
                && transactions.stream().anyMatch(it -> it.getAmount() != null && direction.test(it.getAmount()));
    }

    private static Money none(Money of) {
        return new Money(0, of.currency());
    }
}
