package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.CardStop;
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

    /** @throws InvalidValueException when the method belongs to another customer than the account's */
    public void savePaymentMethod(AccountId account, PaymentMethod method) {
        transactions.run(account, step -> {
            String customer = step.account().customerId();
            if (customer != null && !customer.equals(method.customerId())) {
                throw new InvalidValueException(
                        "method.customerId", method.customerId(), "must be the account's customer " + customer);
            }
            PaymentMethod before = step.account().method();
            step.tx().savePaymentMethod(method);
            Suspensions.methodSaved(step, before, method, ids.get());
            return account;
        });
    }

    /** @return false when the account has no payment method */
    public boolean releaseCard(AccountId account) {
        return transactions.run(account, step -> {
            PaymentMethod method = step.account().method();
            if (method == null) {
                return false;
            }
            for (CardStop.Reason reason : CardStop.Reason.values()) {
                step.tx().releaseCard(method.card(), reason);
            }
            return true;
        });
    }

    public void forgetPaymentMethod(AccountId account) {
        transactions.run(account, step -> {
            step.tx().savePaymentMethod(null);
            return account;
        });
    }
}
