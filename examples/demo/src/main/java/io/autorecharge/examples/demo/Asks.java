package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Consent;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.SettingsPreview;
import io.autorecharge.report.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Finds out what a user must confirm: a charge now, or a higher maximum than the terms and the recorded agreement name. */
@Component
final class Asks {
    private final AutoRecharge autoRecharge;

    Asks(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    /** Before settings are saved. Empty when nothing is charged, and the maximum was shown before. */
    Optional<Ask> beforeSaving(AccountId account, Settings settings) {
        return of(autoRecharge.preview(account, settings), settings, autoRecharge.status(account));
    }

    /** Also for a charge that has changed since it was shown. */
    Optional<Ask> of(SettingsPreview preview, Settings settings, Status status) {
        Money amount = preview.amount();
        Money max = preview.max();
        boolean dearer = autoRecharge.policy().isPriceChanged(settings, status.consent());
        if (!dearer && !amount.isPositive() && isShown(max, settings, status)) {
            return Optional.empty();
        }
        List<String> sentences = new ArrayList<>();
        if (dearer) {
            sentences.add(Words.priceChange(priceOf(settings), status.consent()));
        }
        if (preview.confirmed() instanceof Decision.Recharge recharge) {
            String bonus = recharge.bonus().isZero() ? "" : " and " + recharge.bonus() + " bonus credits";
            sentences.add("If you save, we charge " + Words.money(amount) + " to " + Words.card(recharge.method())
                    + " now, for " + recharge.credits() + " credits" + bonus + ".");
        } else {
            sentences.add("Nothing is charged now.");
        }
        sentences.add("Whenever your balance is below " + settings.threshold() + ", we buy as many packages of "
                + packageOf(settings) + " as lift it above that. One recharge costs at most " + Words.money(max) + ".");
        String button = amount.isPositive() ? "Pay " + Words.money(amount) + " and save" : "Agree and save";
        return Optional.of(
                new Ask(amount, max, priceOf(settings).price(), sentences, button, "/profile/auto-recharge"));
    }

    /** Before a purchase that enables auto-recharge. Empty when its price is the maximum, and nothing more is charged afterwards. */
    Optional<Ask> beforeBuying(Settings settings, Status status) {
        RechargePolicy policy = autoRecharge.policy();
        CreditPackage bought = policy.packages().require(settings.credits() == null ? 0 : settings.credits());
        Money max = max(settings, status);
        Credits after = status.balance().plus(bought.amount());
        Optional<Money> more = policy.chargeAt(settings, after);
        if (more.isEmpty() && isShown(max, settings, status)) {
            return Optional.empty();
        }
        List<String> sentences = new ArrayList<>();
        sentences.add("You pay " + Words.money(bought.price()) + " on the payment page now.");
        more.ifPresent(
                charge -> sentences.add("Your balance will then be " + after + ", still below " + settings.threshold()
                        + ". So we charge up to " + Words.money(charge) + " to the same card directly afterwards."));
        sentences.add("One recharge costs at most " + Words.money(max) + ", for as many packages of "
                + packageOf(settings) + " as lift your balance above " + settings.threshold() + ".");
        return Optional.of(new Ask(
                new Money(0, max.currency()),
                max,
                bought.price(),
                sentences,
                "Agree and go to payment",
                "/profile/checkout"));
    }

    /** The most that one recharge can cost, or what was agreed if that is more. */
    Money max(Settings settings, Status status) {
        Money greatest = autoRecharge.policy().greatestCharge(settings, status.balance());
        Money agreed = agreed(status);
        return agreed != null && autoRecharge.policy().isAgreed(status.consent(), greatest) ? agreed : greatest;
    }

    /** The terms name the price of the package; more must have been agreed to. */
    private boolean isShown(Money max, Settings settings, Status status) {
        boolean on = status.settings().enabled() && status.consent() != null;
        return on
                ? autoRecharge.policy().isAgreed(status.consent(), max)
                : max.equals(autoRecharge
                        .policy()
                        .packages()
                        .require(settings.credits() == null ? 0 : settings.credits())
                        .price());
    }

    private static @Nullable Money agreed(Status status) {
        Consent consent = status.consent();
        return consent == null ? null : consent.max();
    }

    private CreditPackage priceOf(Settings settings) {
        return autoRecharge.policy().packages().require(settings.credits() == null ? 0 : settings.credits());
    }

    private String packageOf(Settings settings) {
        CreditPackage chosen = priceOf(settings);
        return chosen.credits() + " credits for " + Words.money(chosen.price());
    }
}
