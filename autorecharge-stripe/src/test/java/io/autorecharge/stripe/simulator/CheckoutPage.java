package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.CheckoutSession.Terms;
import java.util.Map;
import java.util.stream.Collectors;

/** The checkout page. It works without scripts, and escapes all values. */
final class CheckoutPage {

    private static final String CONTENT = """
            <h1>Checkout</h1>
            %s
            <ul class="items">%s</ul>
            <p class="amount">%s</p>
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
            <button class="primary" id="pay" name="pay_with" value="card">Pay %s</button>
            <button id="pay-by-bank" name="pay_with" value="bank">Pay by bank debit (stays processing)</button>
            %s
            </form>
            <details%s><summary>Test cards</summary><table>%s</table></details>
            """;

    private CheckoutPage() {}

    static String of(CheckoutSession session, Map<String, String> form, String problem) {
        Terms terms = session.terms();
        String amount = Html.escape(Money.text(terms.total(), terms.currency()));
        String page = CONTENT.formatted(
                problem.isEmpty() ? "" : "<p role=\"alert\" id=\"error\">" + Html.escape(problem) + "</p>",
                items(terms),
                amount,
                session.id(),
                email(session, form),
                value(form, "number"),
                value(form, "expiry"),
                value(form, "cvc"),
                notices(terms),
                amount,
                cancel(session),
                form.isEmpty() ? "" : " open",
                cards(session));
        return Html.page("Checkout", page);
    }

    static String closed(CheckoutSession session) {
        if (session.progress().status() == CheckoutSession.Status.EXPIRED) {
            return notice("This checkout has expired", "Go back to the shop and start again.");
        }
        String url = Html.escape(Checkout.url(session, session.terms().successUrl()));
        return Html.page(
                "Paid",
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

    private static String email(CheckoutSession session, Map<String, String> form) {
        String known = session.terms().customerEmail();
        if (known != null) {
            return "<p>" + Html.escape(known) + "</p>";
        }
        return "<label for=\"email\">Email</label><input id=\"email\" name=\"email\" type=\"email\" autocomplete=\"email\""
                + " value=\"" + value(form, "email") + "\">";
    }

    private static String notices(Terms terms) {
        StringBuilder notices = new StringBuilder();
        if (terms.wishes().termsOfService() != null) {
            notices.append(
                    "<label class=\"check\"><input type=\"checkbox\" id=\"terms\" name=\"terms\"> I agree to the terms of"
                            + " service</label>");
        }
        if ("off_session".equals(terms.intentData().setupFutureUsage())) {
            notices.append(
                    "<p class=\"small\">By paying, you allow the shop to charge your payment method in the future,"
                            + " according to its terms.</p>");
        }
        String submitText = terms.wishes().submitText();
        if (submitText != null) {
            notices.append("<p class=\"small\">")
                    .append(Html.escape(submitText))
                    .append("</p>");
        }
        return notices.toString();
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
