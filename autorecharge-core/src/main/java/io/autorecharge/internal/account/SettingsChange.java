package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.RechargePolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What an account becomes when its user saves settings. Pure, so that a preview and the saving itself cannot differ. */
final class SettingsChange {
    private static final Duration BETWEEN_TRIES = Duration.ofDays(1);

    private final RechargePolicy policy;

    /** @param policy of the account whose settings change */
    SettingsChange(RechargePolicy policy) {
        this.policy = policy;
    }

    /** A user who saves settings is charged as was shown, although nothing was used since the last recharge. */
    Account apply(Account before, Settings settings, Agreement agreement, Instant now) {
        AccountState state = before.state().withConsent(consent(before, settings, agreement, now));
        return new Account(
                before.id(),
                before.balance(),
                settings,
                before.customerId(),
                before.method(),
                settings.enabled() ? oneMoreTry(state, now).unused(false) : state);
    }

    /**
     * Switching off withdraws the agreement. Switching on gives it. Saving while it is on changes only what the user was shown: another
     * text, another maximum, or another package together with the text. Without a confirmed maximum a new agreement covers one package, and
     * another package leaves the maximum as it was.
     */
    private @Nullable Consent consent(Account before, Settings settings, Agreement agreement, Instant now) {
        if (!settings.enabled()) {
            return null;
        }
        Consent given = before.state().consent();
        String version = agreement.version();
        Agreement.Confirmation confirmation = agreement.confirmation();
        boolean switchedOn = !before.settings().enabled();
        if (version != null && (switchedOn || (agreement.shown() && !isVersion(given, version)))) {
            Money max = confirmation == null ? onePackage(settings) : confirmation.max();
            return new Consent(version, now, max, agreement.source(), chosen(settings), 0);
        }
        if (given == null || confirmation == null) {
            return given != null && agreement.shown() && isOtherPackage(given.bought(), chosen(settings))
                    ? given.withBought(chosen(settings))
                    : given;
        }
        Consent confirmed = given.withMax(confirmation.max());
        return isPriceShown(before, settings, given, confirmation) ? confirmed.withBought(chosen(settings)) : confirmed;
    }

    /**
     * Whether a user who confirmed amounts was shown what a package costs now. It was named; or another package was chosen; or the amounts,
     * which follow from the price, are those that would be shown now.
     */
    private boolean isPriceShown(
            Account before, Settings settings, Consent given, Agreement.Confirmation confirmation) {
        AgreedPackage agreed = given.bought();
        AgreedPackage now = chosen(settings);
        return now != null
                && (confirmation.packagePrice() != null
                        || agreed == null
                        || isOtherPackage(agreed, now)
                        || confirmation.chargedNow().isPositive()
                        || confirmation.max().equals(policy.greatestCharge(settings, before.balance())));
    }

    private static boolean isOtherPackage(@Nullable AgreedPackage agreed, @Nullable AgreedPackage now) {
        return agreed != null && now != null && agreed.credits() != now.credits();
    }

    private @Nullable AgreedPackage chosen(Settings settings) {
        return Optional.ofNullable(settings.credits())
                .flatMap(policy.packages()::find)
                .map(policy::offer)
                .orElse(null);
    }

    private static boolean isVersion(@Nullable Consent given, String version) {
        return given != null && given.version().equals(version);
    }

    private @Nullable Money onePackage(Settings settings) {
        return Optional.ofNullable(settings.credits())
                .flatMap(policy.packages()::find)
                .map(CreditPackage::price)
                .orElse(null);
    }

    /**
     * A user who saves the settings may have fixed the card: the first attempt follows immediately, and one more decline restores the
     * suspension. From then on there is one attempt per day, however often the settings are saved.
     */
    private AccountState oneMoreTry(AccountState state, Instant now) {
        Suspension stop = state.suspension();
        if (stop == null || !stop.reason().clearedBySettings()) {
            return state;
        }
        AccountState resumed = state.resumed(state.declines());
        Instant next = stop.since().plus(BETWEEN_TRIES);
        return state.declines() > policy.backOff().declines() && next.isAfter(now)
                ? resumed.backingOffUntil(next)
                : resumed;
    }
}
