package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.PurchaseResult;
import java.security.Principal;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons that charge the saved card at once. */
@Controller
final class PayNow {
    private static final String TO_PROFILE = "redirect:/profile";

    private final AutoRecharge autoRecharge;
    private final DemoUsers users;

    PayNow(AutoRecharge autoRecharge, DemoUsers users) {
        this.autoRecharge = autoRecharge;
        this.users = users;
    }

    /**
     * @param price what the button said
     * @param reference identifies the page, so that a button that is pressed twice buys once
     */
    @PostMapping("/profile/purchase")
    String buy(
            Principal user,
            @RequestParam(defaultValue = "0") int credits,
            @RequestParam(defaultValue = "") String price,
            @RequestParam(defaultValue = "") String currency,
            @RequestParam(defaultValue = "") String reference,
            RedirectAttributes messages) {
        try {
            PurchaseResult result = autoRecharge.purchase(
                    users.accountOf(user),
                    credits,
                    Money.of(price, currency),
                    "pay-" + UUID.fromString(reference) + "-" + credits);
            say(result, messages);
        } catch (TooManyRequestsException e) {
            Messages.failed(messages, "Too many requests. Nothing was charged; please try again later.");
        } catch (IllegalArgumentException e) {
            Messages.failed(messages, "This form cannot be used any more. Nothing was charged; please try again.");
        }
        return TO_PROFILE;
    }

    @PostMapping("/profile/retry")
    String retry(Principal user, RedirectAttributes messages) {
        try {
            CheckResult result = autoRecharge.retry(users.accountOf(user));
            if (result instanceof CheckResult.Held held) {
                Messages.failed(messages, "Nothing was charged. " + Words.heldRequest(held.hold()));
            } else {
                Messages.done(messages, "We tried again. See below what became of it.");
            }
        } catch (TooManyRequestsException e) {
            Messages.failed(messages, "Too many requests. Nothing was charged; please try again later.");
        }
        return TO_PROFILE;
    }

    private static void say(PurchaseResult result, RedirectAttributes messages) {
        if (result instanceof PurchaseResult.Paid paid) {
            Messages.done(
                    messages,
                    "Thank you. You bought " + paid.recharge().credits() + " credits for "
                            + Words.money(paid.recharge().price()) + ".");
        } else if (result instanceof PurchaseResult.Pending) {
            Messages.done(messages, "Your payment is under way. Your credits appear here as soon as it is confirmed.");
        } else {
            Messages.failed(messages, "You were not charged. " + why(result));
        }
    }

    private static String why(PurchaseResult result) {
        if (result instanceof PurchaseResult.ConfirmationRequired) {
            return "Your bank wants you to confirm the payment: see the button above.";
        }
        if (result instanceof PurchaseResult.PriceChanged changed) {
            return "The package costs " + Words.money(changed.now()) + " now.";
        }
        if (result instanceof PurchaseResult.Held held) {
            return Words.heldRequest(held.hold());
        }
        return result instanceof PurchaseResult.Declined
                ? "Your bank declined the payment."
                : "The payment was not carried out; please try again.";
    }
}
