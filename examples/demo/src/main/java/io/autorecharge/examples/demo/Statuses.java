package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Announcement;
import io.autorecharge.account.Grace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.Money;
import io.autorecharge.examples.demo.ProfileView.StatusView;
import io.autorecharge.examples.demo.ProfileView.When;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Describes the state of auto-recharge for an account, the reason, and the next step. */
@Component
final class Statuses {
    private final AutoRecharge autoRecharge;

    Statuses(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    StatusView of(Status status) {
        return switch (status.state()) {
            case OFF ->
                status.reason() == null
                        ? plain("off", "Off", "Auto-Recharge is off. You pay only when you buy credits yourself.")
                        : plain(
                                "off",
                                "Off",
                                "Auto-Recharge is off. One payment from before is still under way; if it succeeds, its credits arrive.");
            case INCOMPLETE ->
                plain(
                        "warn",
                        "Set-up incomplete",
                        Words.missing(
                                status.missing().isEmpty()
                                        ? null
                                        : status.missing().get(0)));
            case ACTIVE -> active(status);
            case RECHARGING ->
                view(
                        "busy",
                        "Recharging",
                        "A payment is under way. Your credits arrive as soon as it is confirmed.",
                        "We check again at",
                        status.nextTry());
            case BACKING_OFF ->
                view(
                                "warn",
                                "Payment declined",
                                Words.decline(status.reason())
                                        + " You were not charged. You can buy credits with another card now.",
                                "We try again at",
                                status.nextTry())
                        .thatMayBeTriedAgain();
            case GRACE ->
                view(
                                "warn",
                                "Payment declined",
                                Words.decline(status.reason())
                                        + " You were not charged. You can go on using credits for a while: "
                                        + overdraft(status) + " Buy credits with another card now to be safe.",
                                "We try again at",
                                status.nextTry())
                        .thatMayBeTriedAgain();
            case SUSPENDED -> plain("bad", "Stopped", Words.suspension(status.reason()));
            case NEEDS_AUTHENTICATION ->
                new StatusView(
                        "bad",
                        "Needs you",
                        "Your bank wants you to confirm the payment yourself. You were not charged. "
                                + "Pay and confirm on the payment page; Auto-Recharge then continues.",
                        null,
                        null,
                        true,
                        false);
        };
    }

    private static String overdraft(Status status) {
        Grace grace = status.grace();
        return grace == null ? "" : "up to " + grace.credits() + " below zero until " + Words.time(grace.until()) + ".";
    }

    private StatusView active(Status status) {
        Announcement announced = status.announced();
        if (announced != null) {
            return announced(status, announced);
        }
        if (!autoRecharge.policy().isLow(status.balance(), SmartThresholdWords.rechargesBelow(status))) {
            return plain("good", "Active", promise(status));
        }
        Decision decision = autoRecharge.preview(status.account());
        if (decision instanceof Decision.Hold hold && hold.reason() != HoldReason.RECHARGE_OPEN) {
            boolean asks = hold.reason() == HoldReason.AMOUNT_NOT_AGREED || hold.reason() == HoldReason.PRICE_CHANGED;
            return asks
                    ? plain("warn", "Waiting for you", Words.hold(hold.reason()))
                    : view("good", "Active", Words.hold(hold.reason()), "Next recharge at", hold.until());
        }
        return plain("busy", "Recharging", "Your balance is low; a recharge is on its way.");
    }

    private static StatusView announced(Status status, Announcement announced) {
        PaymentMethod method = status.method();
        boolean others = announced.cards().size() > 1;
        String card = method == null ? "your saved card" : Words.card(method) + (others ? " or a backup" : "");
        Instant at = announced.notBefore();
        return new StatusView(
                "busy",
                "Charge announced",
                "Your balance is low. We will charge at most " + Words.money(announced.max()) + " to " + card
                        + ". You can stop it: Auto-Recharge is switched off then.",
                "Not before",
                new When(at.toString(), Words.time(at)),
                false,
                true);
    }

    private String promise(Status status) {
        Integer credits = status.settings().credits();
        CreditPackage chosen = credits == null
                ? null
                : autoRecharge.policy().packages().find(credits).orElse(null);
        PaymentMethod method = status.method();
        if (chosen == null || method == null) {
            return "Auto-Recharge is on.";
        }
        return "When your balance falls below " + SmartThresholdWords.rechargesBelow(status) + ", we buy "
                + chosen.credits() + " credits for " + Words.money(chosen.price()) + " with " + Words.card(method) + "."
                + most(status);
    }

    private static String most(Status status) {
        Money max = status.consent() == null ? null : status.consent().max();
        return max == null ? "" : " One recharge costs at most " + Words.money(max) + ".";
    }

    private static StatusView plain(String look, String badge, String sentence) {
        return new StatusView(look, badge, sentence, null, null, false, false);
    }

    private static StatusView view(
            String look, String badge, String sentence, String nextLabel, @Nullable Instant next) {
        return next == null
                ? plain(look, badge, sentence)
                : new StatusView(
                        look, badge, sentence, nextLabel, new When(next.toString(), Words.time(next)), false, false);
    }
}
