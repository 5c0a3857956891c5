package io.autorecharge.stripe.simulator;

/** The page of the customer's bank, with two buttons: 3-D Secure, or the approval of iDEAL and Bancontact. */
final class AuthenticationPage {

    private static final String CONTENT = """
            <h1>%s</h1>
            <p>Your bank asks you to confirm %s (test page).</p>
            <form method="post">
            <button class="primary" id="complete" name="result" value="complete">Complete authentication</button>
            <button id="fail" name="result" value="fail">Fail authentication</button>
            </form>
            """;

    private AuthenticationPage() {}

    static String of(PaymentIntent intent) {
        String amount = Money.text(intent.terms().amount(), intent.terms().currency());
        return page("Confirm your payment", "a payment of <strong>" + Html.escape(amount) + "</strong>");
    }

    static String ofSetup() {
        return page("Confirm your payment method", "that this payment method is saved. Nothing is charged");
    }

    private static String page(String title, String what) {
        return Html.page("Authentication", CONTENT.formatted(title, what));
    }
}
