package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.AccountState;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.AccountTransaction;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores what a user chooses. */
public final class SettingsService {
    private static final Duration BETWEEN_TRIES = Duration.ofDays(1);

    private final AccountTransactions transactions;
    private final StandingReader standings;
    private final RechargePolicy policy;
    private final Supplier<String> ids;

    public SettingsService(
            AccountTransactions transactions, StandingReader standings, RechargePolicy policy, Supplier<String> ids) {
        this.transactions = transactions;
        this.standings = standings;
        this.policy = policy;
        this.ids = ids;
    }

    public Settings save(AccountId account, Settings wanted, @Nullable String consentVersion) {
        Settings settings = policy.checked(wanted);
        return transactions.run(account, (tx, now, events) -> {
            boolean wasEnabled = tx.account().settings().enabled();
            tx.save(settings);
            // What the user says now goes before what a page that is still open was to switch on.
            tx.openCheckouts().forEach(checkout -> tx.save(checkout.withoutEnabling()));
            if (!settings.enabled()) {
                tx.save(tx.account().state().withConsent(null));
            }
            if (settings.enabled()) {
                consent(tx, consentVersion, wasEnabled, now);
                oneMoreTry(tx, now, events);
            }
            if (settings.enabled() != wasEnabled) {
                EventType type = settings.enabled() ? EventType.ENABLED : EventType.DISABLED;
                events.add(of(type, account, ids.get(), now));
            }
            standings.schedule(tx, now);
            return settings;
        });
    }

    /** Switching on is an agreement of its own; saving again while it is on is none, unless the text has changed. */
    private static void consent(AccountTransaction tx, @Nullable String version, boolean wasEnabled, Instant now) {
        AccountState state = tx.account().state();
        Consent given = state.consent();
        boolean stands = wasEnabled && given != null && given.version().equals(version);
        if (version != null && !stands) {
            tx.save(state.withConsent(new Consent(version, now)));
        }
    }

    /**
     * A user who saves the settings may have put the card in order: the first try comes at once, and one decline more brings the stop back.
     * From then on there is one try a day, however often the settings are saved.
     */
    private void oneMoreTry(AccountTransaction tx, Instant now, List<AutoRechargeEvent> events) {
        AccountState state = tx.account().state();
        Suspension stop = state.suspension();
        if (stop == null || !stop.reason().clearedBySettings()) {
            return;
        }
        Suspensions.resume(tx, state.declines(), now, ids.get(), events);
        Instant next = stop.since().plus(BETWEEN_TRIES);
        if (state.declines() > policy.backOff().declines() && next.isAfter(now)) {
            tx.save(tx.account().state().backingOffUntil(next));
        }
    }

    public void savePaymentMethod(AccountId account, PaymentMethod method) {
        transactions.run(account, (tx, now, events) -> {
            PaymentMethod before = tx.account().method();
            tx.savePaymentMethod(method);
            Suspensions.saved(tx, before, method, now, ids.get(), events);
            standings.schedule(tx, now);
            return account;
        });
    }

    public void forgetPaymentMethod(AccountId account) {
        transactions.run(account, (tx, now, events) -> {
            tx.savePaymentMethod(null);
            standings.schedule(tx, now);
            return account;
        });
    }
}
