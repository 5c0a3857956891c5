package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.RechargePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores what a user chooses: settings and payment method. */
public final class SettingsService {
    private static final Duration BETWEEN_TRIES = Duration.ofDays(1);

    private final AccountTransactions transactions;
    private final RechargePolicy policy;
    private final Supplier<String> ids;

    public SettingsService(AccountTransactions transactions, RechargePolicy policy, Supplier<String> ids) {
        this.transactions = transactions;
        this.policy = policy;
        this.ids = ids;
    }

    public Settings save(AccountId account, Settings wanted, @Nullable String consentVersion) {
        Settings settings = policy.checked(wanted);
        return transactions.run(account, step -> {
            boolean wasEnabled = step.account().settings().enabled();
            step.tx().save(settings);
            // The user's choice now overrides what an open checkout would switch on when it is paid.
            step.tx().openCheckouts().forEach(checkout -> step.tx().save(checkout.withoutEnabling()));
            if (!settings.enabled()) {
                step.tx().save(step.account().state().withConsent(null));
            }
            if (settings.enabled()) {
                consent(step, consentVersion, wasEnabled);
                oneMoreTry(step);
            }
            if (settings.enabled() != wasEnabled) {
                EventType type = settings.enabled() ? EventType.ENABLED : EventType.DISABLED;
                step.publish(of(type, account, ids.get(), step.now()));
            }
            return settings;
        });
    }

    /** Switching on gives consent. Saving again while it is on does not, unless the version of the text has changed. */
    private static void consent(Step step, @Nullable String version, boolean wasEnabled) {
        AccountState state = step.account().state();
        Consent given = state.consent();
        boolean stands = wasEnabled && given != null && given.version().equals(version);
        if (version != null && !stands) {
            step.tx().save(state.withConsent(new Consent(version, step.now())));
        }
    }

    /**
     * A user who saves the settings may have fixed the card: the first attempt follows immediately, and one more decline restores the
     * suspension. From then on there is one attempt per day, however often the settings are saved.
     */
    private void oneMoreTry(Step step) {
        AccountState state = step.account().state();
        Suspension stop = state.suspension();
        if (stop == null || !stop.reason().clearedBySettings()) {
            return;
        }
        Suspensions.resume(step, state.declines(), ids.get());
        Instant next = stop.since().plus(BETWEEN_TRIES);
        if (state.declines() > policy.backOff().declines() && next.isAfter(step.now())) {
            step.tx().save(step.account().state().backingOffUntil(next));
        }
    }

    /**
     * @param stamped whether the customer is known to be this installation's
     * @throws InvalidValueException when the method belongs to another customer than the account's
     */
    public void savePaymentMethod(AccountId account, PaymentMethod method, boolean stamped) {
        transactions.run(account, step -> {
            String customer = step.account().customerId();
            Suspension stop = step.account().state().suspension();
            // A customer of another installation is replaced by one that is ours.
            boolean replaces = stamped && stop != null && stop.reason() == Suspension.Reason.OTHER_INSTALLATION;
            if (customer != null && !customer.equals(method.customerId()) && !replaces) {
                throw new InvalidValueException(
                        "method.customerId", method.customerId(), "must be the account's customer " + customer);
            }
            PaymentMethod before = step.account().method();
            step.tx().savePaymentMethod(method);
            if (stamped) {
                step.tx().save(step.account().state().stamped(method.customerId()));
            }
            Suspensions.methodSaved(step, before, method, ids.get());
            return account;
        });
    }

    public void forgetPaymentMethod(AccountId account) {
        transactions.run(account, step -> {
            step.tx().savePaymentMethod(null);
            return account;
        });
    }
}
