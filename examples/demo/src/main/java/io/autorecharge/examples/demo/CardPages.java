package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.GatewayException;
import jakarta.servlet.http.HttpSession;
import java.net.URI;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The buttons of the list of cards. They reach only the cards of the signed-in user's account. */
@Controller
final class CardPages {
    private static final Logger log = LoggerFactory.getLogger(CardPages.class);
    private static final String TO_CARDS = "redirect:/profile";

    private final AutoRecharge autoRecharge;
    private final DemoUsers users;
    private final AddedCards added;

    CardPages(AutoRecharge autoRecharge, DemoUsers users, AddedCards added) {
        this.added = added;
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

    /** Redirects to the page where a card is added and nothing is charged. */
    @PostMapping("/profile/cards/add")
    ModelAndView add(
            Principal user,
            @RequestParam(required = false) @Nullable String primary,
            HttpSession session,
            RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        try {
            MethodPlace place = primary == null ? MethodPlace.BACKUP : MethodPlace.PRIMARY;
            URI url =
                    autoRecharge.openSetup(account, place, users.emailOf(user)).url();
            added.expect(account, session);
            return new ModelAndView(ProfilePages.exactly(url.toString()));
        } catch (InvalidValueException e) {
            log.info("account={}: no card can be added: {}", account, e.getMessage());
            Messages.failed(messages, "You have too many cards. Remove one before you add another.");
        } catch (GatewayException e) {
            log.warn("account={}: the page that adds a card could not be created", account, e);
            Messages.failed(messages, "The page cannot be opened right now. Please try again.");
        }
        return new ModelAndView(TO_CARDS);
    }

    /** Puts the card behind all others. */
    @PostMapping("/profile/cards/backup")
    String useAsBackup(Principal user, @RequestParam(defaultValue = "") String id, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        List<String> order = new ArrayList<>();
        autoRecharge
                .paymentMethods(account)
                .all()
                .forEach(it -> order.add(it.method().id()));
        boolean known = order.remove(id);
        if (known) {
            order.add(id);
            autoRecharge.reorderPaymentMethods(account, order);
        }
        say(known, name(account, id) + " is a backup from now on.", messages);
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
