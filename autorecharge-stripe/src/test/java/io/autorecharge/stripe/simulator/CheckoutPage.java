package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutForm.Button;
import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The checkout page, for a purchase or to save a payment method. It works without scripts, and escapes all values. */
final class CheckoutPage {

    private static final List<Button> OTHER_WAYS_TO_PAY = List.of(
            new Button("pay-by-bank", "us_bank_account", "Pay by bank debit (stays processing)"),
            new Button("pay-by-sepa", "sepa_debit", "Pay by SEPA debit (stays processing)"),
            new Button("pay-by-ideal", "ideal", "Pay with iDEAL (is not saved)"),
            new Button("pay-by-bancontact", "bancontact", "Pay with Bancontact (is not saved)"),
            new Button("pay-by-link", "link", "Pay with Link"));

    private static final List<Button> OTHERS_TO_SAVE = List.of(
            new Button("save-bank", "us_bank_account", "Save a bank account"),
            new Button("save-sepa", "sepa_debit", "Save a SEPA debit"),
            new Button("save-ideal", "ideal", "Save with iDEAL (as a SEPA debit)"),
            new Button("save-bancontact", "bancontact", "Save with Bancontact (as a SEPA debit)"),
            new Button("save-link", "link", "Save Link"));

    private CheckoutPage() {}

    static String of(CheckoutSession session, Map<String, String> form, String problem) {
        return session.terms().setupIntent() == null ? purchase(session, form, problem) : setup(session, form, problem);
    }

    private static String purchase(CheckoutSession session, Map<String, String> form, String problem) {
        Terms terms = session.terms();
        String amount = Html.escape(Money.text(terms.total(), terms.currency()));
        String pay =
                "<button class=\"primary\" id=\"pay\" name=\"pay_with\" value=\"card\">Pay " + amount + "</button>\n";
        String notice = "off_session".equals(terms.intentData().setupFutureUsage())
                ? "<p class=\"small\">By paying, you allow the shop to charge your payment method in the future,"
                        + " according to its terms.</p>"
                : "";
        return Html.page(
                "Checkout",
                "<h1>Checkout</h1>\n" + CheckoutForm.problem(problem) + "<ul class=\"items\">" + items(terms)
                        + "</ul>\n<p class=\"amount\">" + amount + "</p>\n"
                        + CheckoutForm.of(session, form, notice, pay, OTHER_WAYS_TO_PAY));
    }

    /** Stripe's own notice is hidden if the merchant shows one. */
    private static String setup(CheckoutSession session, Map<String, String> form, String problem) {
        boolean hidden = "hidden".equals(session.terms().wishes().reuseAgreementPosition());
        String notice = hidden
                ? ""
                : "<p class=\"small\">By saving your payment method, you allow the shop to charge it in the future,"
                        + " according to its terms. Nothing is charged now.</p>";
        String save = "<button class=\"primary\" id=\"save\" name=\"pay_with\" value=\"card\">Save card</button>\n";
        return Html.page(
                "Save a payment method",
                "<h1>Save a payment method</h1>\n" + CheckoutForm.problem(problem)
                        + CheckoutForm.of(session, form, notice, save, OTHERS_TO_SAVE));
    }

    static String closed(CheckoutSession session) {
        if (session.progress().status() == CheckoutSession.Status.EXPIRED) {
            return notice("This checkout has expired", "Go back to the shop and start again.");
        }
        String url = Html.escape(Checkout.url(session, session.terms().successUrl()));
        return Html.page(
                session.terms().setupIntent() == null ? "Paid" : "Saved",
                "<h1>This checkout is complete</h1><a class=\"button\" href=\"" + url + "\">Back to the shop</a>");
    }

    static String notice(String title, String text) {
        return Html.page(title, "<h1>" + Html.escape(title) + "</h1><p>" + Html.escape(text) + "</p>");
    }

    private static String items(Terms terms) {
        return terms.items().stream()
                .map(item -> "<li><span>"
                        + Html.escape(item.quantity() == 1 ? item.name() : item.quantity() + " × " + item.name())
                        + "</span><span>"
                        + Html.escape(Money.text(item.total(), terms.currency()))
                        + "</span></li>")
                .collect(Collectors.joining());
    }
}
