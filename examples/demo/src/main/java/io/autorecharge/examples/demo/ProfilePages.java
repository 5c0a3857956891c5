package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.Status;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.servlet.ModelAndView;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import org.springframework.web.servlet.view.RedirectView;

/** The Profile page with its Recharge tab. The account is always that of the signed-in user; a request cannot name another. */
@Controller
final class ProfilePages {
    private static final Logger log = LoggerFactory.getLogger(ProfilePages.class);
    private static final String TO_PROFILE = "redirect:/profile";

    private final AutoRecharge autoRecharge;
    private final DemoUsers users;
    private final ProfileViews views;
    private final ConsentTerms terms;
    private final Asks asks;
    private final Purchases purchases;
    private final AddedCards added;

    ProfilePages(
            AutoRecharge autoRecharge,
            DemoUsers users,
            ProfileViews views,
            ConsentTerms terms,
            Asks asks,
            Purchases purchases,
            AddedCards added) {
        this.autoRecharge = autoRecharge;
        this.users = users;
        this.views = views;
        this.terms = terms;
        this.asks = asks;
        this.purchases = purchases;
        this.added = added;
    }

    @GetMapping("/")
    String start() {
        return TO_PROFILE;
    }

    @GetMapping("/login")
    String login() {
        return "login";
    }

    @GetMapping("/profile")
    String profile(Principal user, Model model) {
        ProfileView view = views.of(users.accountOf(user));
        model.addAttribute("view", view);
        model.addAttribute("form", formOf(view));
        return page(model, Map.of());
    }

    /** Stripe's page returns a customer who paid to this address. The webhook is usually faster; this request makes up for a late or lost one. */
    @GetMapping(value = "/profile", params = "checkout=success")
    String paid(Principal user, HttpSession session, RedirectAttributes messages) {
        back(
                users.accountOf(user),
                session,
                messages,
                "Your payment is not confirmed yet. Your credits appear here as soon as it is.");
        return TO_PROFILE;
    }

    @GetMapping(value = "/profile", params = "checkout=cancelled")
    String turnedBack(Principal user, HttpSession session, RedirectAttributes messages) {
        back(users.accountOf(user), session, messages, "You left the payment page.");
        return TO_PROFILE;
    }

    /** Anyone can open these addresses, so the message rests on what was bought, not on the address. */
    private void back(AccountId account, HttpSession session, RedirectAttributes messages, String notBought) {
        try {
            autoRecharge.refreshCheckouts(account);
        } catch (GatewayException e) {
            log.warn(
                    "account={}: the checkout could not be looked up; the webhook or the next check will report it",
                    account,
                    e);
        }
        if (added.isExpected(session)) {
            Optional<PaymentMethod> card = added.arrived(account, session);
            Messages.done(
                    messages,
                    card.map(it -> Words.card(it) + " is saved. Nothing was charged.")
                            .orElse(
                                    "No card was added yet. If you saved one, it appears here as soon as it is confirmed."));
        } else if (purchases.isExpected(session)) {
            Messages.done(
                    messages,
                    purchases
                            .arrived(account, session)
                            .map(bought -> "Thank you. You bought " + bought + " credits.")
                            .orElse(notBought));
        }
    }

    @PostMapping("/profile/auto-recharge")
    ModelAndView save(
            Principal user, @ModelAttribute("form") RechargeForm form, Model model, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        Status status = autoRecharge.status(account);
        boolean asked = form.isEnabled() && !hasAgreed(status);
        Map<String, String> problems = form.problems(autoRecharge.policy(), asked);
        if (!problems.isEmpty()) {
            return again(account, model, problems);
        }
        Settings settings = form.settings(form.isEnabled());
        Agreement agreement = form.agrees() ? Agreement.to(terms.version()) : Agreement.none();
        if (form.isEnabled()) {
            Optional<Ask> ask = asks.beforeSaving(account, settings);
            if (ask.isPresent() && !form.confirms(ask.get())) {
                return ask(account, model, ask.get());
            }
            Money max = asks.max(settings, status);
            Money shown = ask.map(Ask::amount).orElse(new Money(0, max.currency()));
            agreement = ask.isEmpty()
                    ? agreement.confirming(shown, max)
                    : agreement.confirming(shown, ask.get().max(), ask.get().price());
        }
        SaveResult result =
                autoRecharge.save(account, settings, agreement, rules -> form.rules(autoRecharge.policy(), rules));
        if (result instanceof SaveResult.AmountChanged changed) {
            return asks.of(changed.now(), settings, status)
                    .map(ask -> ask(account, model, ask))
                    .orElseGet(() -> again(account, model, Map.of()));
        }
        Messages.done(
                messages,
                form.isEnabled()
                        ? "Saved. Auto-Recharge is on."
                        : "Saved. Auto-Recharge is off; no further payment will be started.");
        return new ModelAndView(TO_PROFILE);
    }

    /** Stops a charge that was announced, by switching auto-recharge off. */
    @PostMapping("/profile/stop")
    String stop(Principal user, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        Settings now = autoRecharge.settings(account);
        autoRecharge.save(account, new Settings(false, now.credits(), now.threshold()), Agreement.none());
        boolean late = HoldReason.RECHARGE_OPEN
                .name()
                .equals(autoRecharge.status(account).reason());
        Messages.done(
                messages,
                late
                        ? "Auto-Recharge is off. One payment had begun before; the page shows how it ends."
                        : "Stopped. Auto-Recharge is off, and nothing is charged.");
        return TO_PROFILE;
    }

    /**
     * Redirects to the payment page. The box decides whether the purchase also enables auto-recharge and saves the card. A user who has it
     * enabled already can buy without changing that.
     */
    @PostMapping("/profile/checkout")
    ModelAndView buy(
            Principal user,
            @ModelAttribute("form") RechargeForm form,
            Model model,
            HttpSession session,
            RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        Status status = autoRecharge.status(account);
        boolean asked = form.isEnabled() && (!hasAgreed(status) || status.method() == null);
        Map<String, String> problems = form.problems(autoRecharge.policy(), asked);
        if (!problems.isEmpty()) {
            return again(account, model, problems);
        }
        boolean enable = form.isEnabled() && form.agrees();
        Settings settings = form.settings(true);
        Agreement agreement = Agreement.none();
        if (enable) {
            Optional<Ask> ask = asks.beforeBuying(settings, status);
            if (ask.isPresent() && !form.confirms(ask.get())) {
                return ask(account, model, ask.get());
            }
            Money max = asks.max(settings, status);
            agreement = Agreement.to(terms.version()).confirming(new Money(0, max.currency()), max);
            if (!status.settings().enabled()) {
                // The purchase enables it with this threshold. While it is on, a threshold is changed by saving, which
                // shows the charge.
                autoRecharge.save(
                        account,
                        form.settings(false),
                        Agreement.none(),
                        rules -> form.rules(autoRecharge.policy(), rules));
            }
        }
        try {
            int credits = Integer.parseInt(String.valueOf(form.credits()));
            String url = autoRecharge
                    .openCheckout(account, agreement, credits, users.emailOf(user))
                    .url()
                    .toString();
            purchases.expect(account, session);
            return new ModelAndView(exactly(url));
        } catch (GatewayException e) {
            log.warn("account={}: the payment page could not be created", account, e);
            Messages.failed(
                    messages, "The payment page cannot be opened right now. Nothing was charged; please try again.");
            return new ModelAndView(TO_PROFILE);
        }
    }

    /** Redirects to the page where the customer confirms and pays a recharge that requires authentication. */
    @PostMapping("/profile/confirm")
    ModelAndView confirm(Principal user, HttpSession session, RedirectAttributes messages) {
        AccountId account = users.accountOf(user);
        try {
            Optional<CheckoutSession> page = autoRecharge.openRecovery(account);
            if (page.isPresent()) {
                purchases.expect(account, session);
                return new ModelAndView(exactly(page.get().url().toString()));
            }
            Messages.done(messages, "There is nothing left to confirm.");
        } catch (GatewayException e) {
            log.warn("account={}: the page that confirms a recharge could not be created", account, e);
            Messages.failed(
                    messages, "The payment page cannot be opened right now. Nothing was charged; please try again.");
        }
        return new ModelAndView(TO_PROFILE);
    }

    /** Redirects to the provider's address unchanged: braces in it are not a template. */
    static RedirectView exactly(String url) {
        RedirectView redirect = new RedirectView(url, false, false, false);
        redirect.setExpandUriTemplateVariables(false);
        return redirect;
    }

    /** An agreement to an older text, or one from before the user disabled auto-recharge, must be given again. */
    private boolean hasAgreed(Status status) {
        Consent given = status.consent();
        return status.settings().enabled() && given != null && given.version().equals(terms.version());
    }

    /** Shows what would be charged, and asks. Nothing was saved. */
    private ModelAndView ask(AccountId account, Model model, Ask ask) {
        model.addAttribute("view", views.of(account));
        model.addAttribute("ask", ask);
        return new ModelAndView(page(model, Map.of()), model.asMap());
    }

    private ModelAndView again(AccountId account, Model model, Map<String, String> problems) {
        model.addAttribute("view", views.of(account));
        ModelAndView answer = new ModelAndView(page(model, problems), model.asMap());
        answer.setStatus(HttpStatus.BAD_REQUEST);
        return answer;
    }

    private static String page(Model model, Map<String, String> problems) {
        model.addAttribute("problems", problems);
        model.addAttribute("useReference", UUID.randomUUID().toString());
        return "profile";
    }

    private static RechargeForm formOf(ProfileView view) {
        return new RechargeForm(
                view.enabled() ? "on" : null,
                String.valueOf(view.chosen()),
                view.threshold(),
                view.monthlyLimit(),
                null,
                null,
                null,
                null);
    }
}
