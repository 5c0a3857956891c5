package io.autorecharge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Consent;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Settings;
import io.autorecharge.policy.Suspension;
import io.autorecharge.store.AccountState;
import io.autorecharge.store.AccountTransaction;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stores what a user chooses. */
final class Preferences {
    private final Transactions transactions;
    private final Standings standings;
    private final RechargePolicy policy;
    private final Supplier<String> ids;

    Preferences(Transactions transactions, Standings standings, RechargePolicy policy, Supplier<String> ids) {
        this.transactions = transactions;
        this.standings = standings;
        this.policy = policy;
        this.ids = ids;
    }

    Settings save(AccountId account, Settings wanted, @Nullable String consentVersion) {
        Settings settings = policy.checked(wanted);
        return transactions.run(account, (tx, now, events) -> {
            boolean wasEnabled = tx.account().settings().enabled();
            tx.save(settings);
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

    /** A user who saves the settings may have put the card in order; one decline more and the stop is back. */
    private void oneMoreTry(AccountTransaction tx, Instant now, List<AutoRechargeEvent> events) {
        Suspension stop = tx.account().state().suspension();
        if (stop != null && stop.reason().clearedBySettings()) {
            Stops.resume(tx, policy.backOff().declines() - 1, now, ids.get(), events);
        }
    }

    void forgetPaymentMethod(AccountId account) {
        transactions.run(account, (tx, now, events) -> {
            tx.savePaymentMethod(null);
            standings.schedule(tx, now);
            return account;
        });
    }
}
