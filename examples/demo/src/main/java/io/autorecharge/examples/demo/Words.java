package io.autorecharge.examples.demo;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import java.text.NumberFormat;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Codes, money and times as text for the pages. */
final class Words {
    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern(
                    "d MMM uuuu, HH:mm:ss 'UTC'", Locale.ENGLISH)
            .withZone(ZoneOffset.UTC);

    private static final Map<String, String> BRANDS = Map.of(
            "visa", "Visa",
            "mastercard", "Mastercard",
            "amex", "American Express",
            "discover", "Discover",
            "jcb", "JCB",
            "diners", "Diners Club",
            "unionpay", "UnionPay");

    /** Methods without a brand. */
    private static final Map<String, String> TYPES = Map.of(
            "sepa_debit", "SEPA Direct Debit",
            "us_bank_account", "Bank account",
            "link", "Link");

    /** Only reasons that help the customer and are no use to a thief. Every other code is a plain decline. */
    private static final Map<String, String> DECLINES = Map.of(
            "insufficient_funds", "Your bank says there is not enough money in the account.",
            "expired_card", "The card has expired.",
            "incorrect_cvc", "The card's security code was wrong.",
            "processing_error", "The bank could not process the payment.",
            "card_velocity_exceeded", "The card's spending limit is reached.",
            "card_not_supported", "The card does not support this kind of payment.",
            "currency_not_supported", "The card does not support this currency.",
            "authentication_required", "Your bank wants you to confirm the payment.");

    private static final Map<HoldReason, String> MISSING = Map.of(
            HoldReason.PRICE_CHANGED, "A credit costs more than you agreed to, so nothing is charged.",
            HoldReason.NO_CONSENT, "Your agreement is missing. Tick the box below and save.",
            HoldReason.NO_PACKAGE, "No package is chosen yet. Choose one below and save.",
            HoldReason.PACKAGE_NOT_OFFERED, "The package you chose is not on sale any more. Choose another one below.",
            HoldReason.AMOUNT_NOT_AGREED,
                    "The package costs more than you agreed to. Save your settings to see and confirm the amount.",
            HoldReason.METHOD_NOT_SAVED,
                    "Your last purchase saved no payment method, because what you paid with cannot be charged again. Buy a package below with a card.",
            HoldReason.NO_PAYMENT_METHOD,
                    "No payment method is saved yet. Add a card, or buy a package with Auto-Recharge enabled; the card you pay with is kept.");

    private static final Map<HoldReason, String> HOLDS = Map.ofEntries(
            Map.entry(HoldReason.COOLDOWN, "Your balance is low. There is a short pause between two recharges."),
            Map.entry(
                    HoldReason.PURCHASE_LIMIT,
                    "Your balance is low. The maximum number of recharges for this period has been reached."),
            Map.entry(HoldReason.SPEND_LIMIT, "Your balance is low. This month's spending limit is reached."),
            Map.entry(HoldReason.DAILY_SPEND_LIMIT, "Your balance is low. Today's spending limit is reached."),
            Map.entry(
                    HoldReason.OWN_SPEND_LIMIT,
                    "Your balance is low. Your own monthly limit is reached. You can raise it, or buy credits below."),
            Map.entry(
                    HoldReason.ALL_ACCOUNTS_LIMIT,
                    "Your balance is low. Automatic recharges are limited at the moment. You can buy credits below."),
            Map.entry(
                    HoldReason.PAUSED,
                    "Your balance is low. Automatic recharges are stopped at the moment. You can buy credits below."),
            Map.entry(
                    HoldReason.AMOUNT_OUT_OF_BOUNDS,
                    "Your balance is so low that one recharge cannot close the gap. Buy credits below."),
            Map.entry(HoldReason.PRICE_CHANGED, "Your balance is low, but a credit costs more than you agreed to."),
            Map.entry(
                    HoldReason.AMOUNT_NOT_AGREED,
                    "Your balance is low, but one recharge would cost more than you agreed to. Save your settings to see and confirm the amount."),
            Map.entry(
                    HoldReason.IDLE,
                    "Your balance is low, but you used nothing since the last recharge. We charge you when you use credits again."),
            Map.entry(
                    HoldReason.POLICY_UNUSABLE,
                    "Your balance is low. We cannot read your plan at the moment, so nothing is charged. We try again soon."),
            Map.entry(
                    HoldReason.BACKING_OFF,
                    "Your balance is low. The last payment was declined, so we wait before the next try."));

    private Words() {}

    /** What a package costs now, and what the user agreed to. */
    static String priceChange(CreditPackage now, @Nullable Consent consent) {
        AgreedPackage before = consent == null ? null : consent.bought();
        String costs = "The price has changed: " + now.credits() + " credits cost " + money(now.price()) + " now";
        return before == null
                ? costs + "."
                : costs + ". You agreed to " + money(before.price()) + " for " + before.credits() + " credits"
                        + (before.bonus().isZero() ? "" : " and " + before.bonus() + " bonus credits") + ".";
    }

    /** {@code $9.00}. */
    static String money(Money money) {
        NumberFormat format = NumberFormat.getCurrencyInstance(Locale.US);
        format.setCurrency(money.currency());
        format.setMinimumFractionDigits(money.currency().getDefaultFractionDigits());
        format.setMaximumFractionDigits(money.currency().getDefaultFractionDigits());
        return format.format(money.toBigDecimal());
    }

    static String time(Instant at) {
        return TIME.format(at);
    }

    /** {@code Visa •••• 4242}. */
    static String card(PaymentMethod method) {
        String brand = method.brand();
        String type = method.type() == null ? "card" : method.type();
        String name = brand == null ? TYPES.getOrDefault(type, "Saved card") : BRANDS.getOrDefault(brand, brand);
        return method.last4() == null ? name : name + " •••• " + method.last4();
    }

    static String decline(@Nullable String code) {
        return code == null
                ? "Your bank declined the payment."
                : DECLINES.getOrDefault(code, "Your bank declined the payment.");
    }

    static String missing(@Nullable HoldReason reason) {
        return reason == null
                ? "Something is missing."
                : MISSING.getOrDefault(reason, "Something is missing: " + reason);
    }

    static String hold(HoldReason reason) {
        return HOLDS.getOrDefault(reason, "Your balance is low; a recharge is on its way.");
    }

    /** Why a charge that the user asked for was not begun. */
    static String heldRequest(Decision.Hold hold) {
        String until = hold.until() == null ? "" : " Please try again after " + time(hold.until()) + ".";
        return switch (hold.reason()) {
            case RECHARGE_OPEN -> "Another payment is under way." + until;
            case NO_PAYMENT_METHOD, METHOD_NOT_SAVED -> "No card is saved.";
            case SUSPENDED -> "Charging is stopped: see above.";
            case COOLDOWN -> "The last payment was just now." + until;
            case CARD_LIMIT, CARD_STOPPED -> "This card cannot be charged now. Add another one." + until;
            case ABOVE_THRESHOLD, DISABLED -> "There is nothing to try again.";
            default -> "It is not possible at the moment." + until;
        };
    }

    static String suspension(@Nullable String reason) {
        if ("REPEATED_DECLINES".equals(reason)) {
            return "Your card was declined several times in a row, so we stopped trying. "
                    + "Buy credits below with a working card and the Auto-Recharge box ticked, or save your settings again to allow one more try.";
        }
        if ("REQUEST_REFUSED".equals(reason)) {
            return "Several charges could not be carried out, so we stopped trying. You were not charged. "
                    + "Save your settings again to allow one more try, or buy credits below.";
        }
        if ("FRAUD_WARNING".equals(reason)) {
            return "Your bank reported a payment as suspicious, so we stopped charging. Buy credits below with another card, with the box ticked, to continue.";
        }
        if ("HARD_DECLINE".equals(reason)) {
            return "Your bank asked us not to charge this card again. Buy credits with another card below, with the box ticked to save it.";
        }
        if ("METHOD_UNUSABLE".equals(reason)) {
            return "The saved card can no longer be charged. Buy credits with another card below, with the box ticked to save it.";
        }
        if ("REFUNDED".equals(reason)) {
            return "A payment was refunded, so we stopped charging. Save your settings again to continue.";
        }
        if ("AUTHENTICATION_REQUIRED".equals(reason)) {
            return "Your bank wanted you to confirm a payment. Save your settings again to allow one more try, or buy credits below with the box ticked.";
        }
        if ("DISPUTED".equals(reason)) {
            return "Your bank disputed a payment, so we stopped charging. Buy credits below, with the box ticked, to continue.";
        }
        return "Charging was stopped to protect you. Buy credits with a card that works below.";
    }
}
