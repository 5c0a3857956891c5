package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.ReferenceConflictException;
import java.security.Principal;
import java.util.UUID;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Represents the host's product: whatever its users spend credits on. */
@Controller
final class UseCredits {
    private final AutoRecharge autoRecharge;
    private final DemoUsers users;

    UseCredits(AutoRecharge autoRecharge, DemoUsers users) {
        this.autoRecharge = autoRecharge;
        this.users = users;
    }

    /** @param reference identifies the form, so that a form that is submitted twice takes credits once */
    @PostMapping("/profile/use")
    String use(
            Principal user,
            @RequestParam(defaultValue = "") String amount,
            @RequestParam(defaultValue = "") String reference,
            RedirectAttributes messages) {
        try {
            Debit debit = Debit.of(
                    users.accountOf(user),
                    Credits.parse("amount", amount.strip()),
                    "use-" + UUID.fromString(reference),
                    "Credits used");
            say(autoRecharge.debit(debit), debit.amount(), messages);
        } catch (ReferenceConflictException e) {
            Messages.failed(messages, "This form was used already. Nothing was taken; please try again.");
        } catch (IllegalArgumentException e) {
            messages.addFlashAttribute("useProblem", "Enter how many credits to use, for instance 5 or 2.5.");
            messages.addFlashAttribute("useAmount", amount.length() > 20 ? "" : amount);
        }
        return "redirect:/profile";
    }

    private static void say(DebitResult result, Credits amount, RedirectAttributes messages) {
        if (result instanceof DebitResult.Applied applied) {
            String low = applied.crossed() ? " Your balance fell below the threshold." : "";
            Messages.done(messages, "Used " + amount + " credits." + low);
            messages.addFlashAttribute("watch", applied.crossed());
        } else if (result instanceof DebitResult.Replayed) {
            Messages.done(messages, "Those " + amount + " credits were taken the first time; nothing was taken twice.");
        } else {
            Messages.failed(messages, "Not enough credits: you have " + result.balance() + ". Nothing was taken.");
        }
    }
}
