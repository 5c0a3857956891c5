package io.autorecharge.stripe.simulator;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The form of a checkout page: the card, what the customer agrees to, and the buttons. All values are escaped. */
final class CheckoutForm {

    private static final String CONTENT = """
            <form method="post" action="/c/pay/%s">
            %s
            <label for="number">Card number</label>
            <input id="number" name="number" inputmode="numeric" autocomplete="cc-number" placeholder="4242 4242 4242 4242" value="%s">
            <div class="row">
            <div><label for="expiry">Expires (MM/YY)</label>
            <input id="expiry" name="expiry" inputmode="numeric" autocomplete="cc-exp" placeholder="12/34" value="%s"></div>
            <div><label for="cvc">Security code</label>
            <input id="cvc" name="cvc" inputmode="numeric" autocomplete="cc-csc" placeholder="123" value="%s"></div>
            </div>
            %s
            %s
            %s
            </form>
            <details%s><summary>Test cards</summary><table>%s</table></details>
            """;

    /** A way to pay that needs no card; the id of its button, its type, and what the button says. */
    record Button(String id, String type, String text) {}

    private CheckoutForm() {}

    static String of(
            CheckoutSession session, Map<String, String> form, String notices, String cardButton, List<Button> others) {
        return CONTENT.formatted(
                session.id(),
                email(session, form),
                value(form, "number"),
                value(form, "expiry"),
                value(form, "cvc"),
                terms(session) + notices + submitText(session),
                cardButton + buttons(session, others),
                cancel(session),
                form.isEmpty() ? "" : " open",
                cards(session));
    }

    static String problem(String problem) {
        return problem.isEmpty() ? "" : "<p role=\"alert\" id=\"error\">" + Html.escape(problem) + "</p>";
    }

    private static String buttons(CheckoutSession session, List<Button> others) {
        return others.stream()
                .filter(button -> session.terms().types().contains(button.type()))
                .map(button -> "<button id=\"" + button.id() + "\" name=\"pay_with\" value=\"" + button.type() + "\">"
                        + button.text() + "</button>")
                .collect(Collectors.joining("\n"));
    }

    private static String email(CheckoutSession session, Map<String, String> form) {
        String known = session.terms().customerEmail();
        if (known != null) {
            return "<p>" + Html.escape(known) + "</p>";
        }
        return "<label for=\"email\">Email</label><input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\""
                + " value=\"" + value(form, "email") + "\">";
    }

    private static String terms(CheckoutSession session) {
        return session.terms().wishes().termsOfService() == null
                ? ""
                : "<label class=\"check\"><input type=\"checkbox\" id=\"terms\" name=\"terms\"> I agree to the terms of"
                        + " service</label>";
    }

    private static String submitText(CheckoutSession session) {
        String text = session.terms().wishes().submitText();
        return text == null ? "" : "<p class=\"small\">" + Html.escape(text) + "</p>";
    }

    private static String cancel(CheckoutSession session) {
        String url = session.terms().cancelUrl();
        return url == null
                ? ""
                : "<a class=\"button\" id=\"cancel\" href=\"" + Html.escape(Checkout.url(session, url))
                        + "\">Cancel</a>";
    }

    private static String cards(CheckoutSession session) {
        return TestCard.all().stream()
                .map(card -> "<tr><td><a href=\"/c/pay/" + session.id() + "?number=" + card.number()
                        + "&amp;expiry=12%2F39&amp;cvc=123\">" + card.number() + "</a></td><td>"
                        + Html.escape(card.description()) + "</td></tr>")
                .collect(Collectors.joining());
    }

    private static String value(Map<String, String> form, String name) {
        return Html.escape(form.getOrDefault(name, ""));
    }
}
