package io.autorecharge.gateway;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the payment provider says about one object that carries the library's ids, as the object is now. Give it to
 * {@link io.autorecharge.AutoRecharge#settle}, which checks whose object it is before it changes anything. Immutable.
 */
public sealed interface ProviderReport {
    /** The account that the object's metadata names; whether it is really this account's is checked when the report is settled. */
    AccountId account();

    /** The installation in the object's metadata; null when it carries none, as an object from before installations had ids. */
    @Nullable
    InstallationId installation();

    /** The notification that caused this report; null when the library asked by itself. */
    @Nullable
    Notification notification();

    /**
     * A message of the provider, such as a webhook event. The same id may arrive many times.
     *
     * @param id the provider's id of the message
     * @param type the provider's name for what happened
     */
    record Notification(String id, String type) {
        public Notification {
            Text.require("notificationId", id);
            Text.require("type", type);
        }
    }

    /**
     * An automatic charge.
     *
     * @param attempt which attempt the object says it belongs to
     * @param customerId the provider's customer who was charged; empty when there is none
     * @param outcome what is known of the attempt now; {@link Outcome.Unknown} for an incomplete charge, which is concluded once it is known
     *     to be this installation's
     */
    record Charge(
            AccountId account,
            AttemptId attempt,
            String customerId,
            Outcome outcome,
            @Nullable InstallationId installation,
            @Nullable Notification notification)
            implements ProviderReport {
        public Charge {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(attempt, "attempt");
            Objects.requireNonNull(customerId, "customerId");
            Objects.requireNonNull(outcome, "outcome");
        }

        /** The same report, with another outcome. */
        public Charge with(Outcome value) {
            return new Charge(account, attempt, customerId, value, installation, notification);
        }
    }

    /**
     * A checkout.
     *
     * @param checkout which checkout the object says it belongs to
     * @param sessionId the provider's id of the checkout session
     * @param customerId the provider's customer whose session it is; empty when there is none
     * @param outcome what is known of the checkout now
     */
    record Checkout(
            AccountId account,
            CheckoutId checkout,
            String sessionId,
            String customerId,
            CheckoutOutcome outcome,
            @Nullable InstallationId installation,
            @Nullable Notification notification)
            implements ProviderReport {
        public Checkout {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(checkout, "checkout");
            Objects.requireNonNull(sessionId, "sessionId");
            Objects.requireNonNull(customerId, "customerId");
            Objects.requireNonNull(outcome, "outcome");
        }
    }

    /**
     * All refunds, disputes and fraud warnings of one payment.
     *
     * @param reversals the payment, with all its refunds, disputes and warnings until now
     * @param origin the attempt or checkout that the payment says it belongs to
     */
    record Reversal(
            AccountId account,
            PaymentReversals reversals,
            Origin origin,
            @Nullable InstallationId installation,
            @Nullable Notification notification)
            implements ProviderReport {
        public Reversal {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(reversals, "reversals");
            Objects.requireNonNull(origin, "origin");
        }

        /** The same report, caused by this notification. */
        public Reversal causedBy(Notification value) {
            return new Reversal(account, reversals, origin, installation, value);
        }

        /** The same report, with this warning of the card network about the payment. */
        public Reversal warned(String warning) {
            return new Reversal(account, reversals.warned(warning), origin, installation, notification);
        }

        /** The same report, with the warnings that these notices are about. */
        public Reversal warnedBy(Collection<ReversalNotice> notices) {
            Reversal warned = this;
            for (ReversalNotice notice : notices) {
                warned = notice.warning() == null ? warned : warned.warned(notice.warning());
            }
            return warned;
        }
    }

    /**
     * A saved payment method changed at the provider without the library: it was detached there, its details were renewed, or its customer was
     * deleted. The account and the installation are those of the customer's metadata.
     *
     * @param customerId the provider's customer who has or had the method
     * @param methodId the method; null when the customer was deleted, and all of its methods are gone
     * @param now the method as it is now; null when the customer does not have it any more
     */
    record MethodChange(
            AccountId account,
            String customerId,
            @Nullable String methodId,
            @Nullable PaymentMethod now,
            @Nullable InstallationId installation,
            @Nullable Notification notification)
            implements ProviderReport {
        public MethodChange {
            Objects.requireNonNull(account, "account");
            Objects.requireNonNull(customerId, "customerId");
            if (now != null && !(now.id().equals(methodId) && now.customerId().equals(customerId))) {
                throw new InvalidValueException(
                        "now", now.id(), "must be the method " + methodId + " of " + customerId);
            }
        }

        /** The same report, caused by this notification. */
        public MethodChange causedBy(Notification value) {
            return new MethodChange(account, customerId, methodId, now, installation, value);
        }

        /** Whether the customer does not have the method any more. */
        public boolean isGone() {
            return now == null;
        }
    }

    /**
     * What created a payment, according to its metadata.
     *
     * @param attempt null when it was no automatic charge
     * @param checkout null when it was no checkout
     */
    record Origin(@Nullable AttemptId attempt, @Nullable CheckoutId checkout) {
        /** A payment that names neither. */
        public static final Origin UNKNOWN = new Origin(null, null);
    }
}
