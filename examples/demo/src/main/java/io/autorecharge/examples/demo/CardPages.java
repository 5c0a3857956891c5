package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.credit.AccountId;
import java.security.Principal;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons of the list of cards. They reach only the cards of the signed-in user's account. */
@Controller
final class CardPages {
    private static final String TO_CARDS = "redirect:/profile";

    private final AutoRecharge autoRecharge;
    private final DemoUsers users;

    CardPages(AutoRecharge autoRecharge, DemoUsers users) {
        this.autoRecharge = autoRecharge;
        this.users = users;
    }

    @PostMapping("/profile/cards/primary")
    String makePrimary(Principal user, @RequestParam(defaultValue = "") String id, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        String name = name(account, id);
        say(autoRecharge.makePrimary(account, id), name + " is charged first from now on.", messages);
        return TO_CARDS;
    }

    @PostMapping("/profile/cards/remove")
    String remove(Principal user, @RequestParam(defaultValue = "") String id, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        String name = name(account, id);
        say(autoRecharge.removePaymentMethod(account, id), name + " is not saved any more.", messages);
        return TO_CARDS;
    }

    private String name(AccountId account, String id) {
        Optional<SavedMethod> saved = autoRecharge.paymentMethods(account).find(id);
        return saved.map(it -> Words.card(it.method())).orElse("The card");
    }

    private static void say(boolean changed, String done, RedirectAttributes messages) {
        if (changed) {
            Messages.done(messages, done);
        } else {
            Messages.failed(messages, "This card is not saved. Nothing was changed.");
        }
    }
}
