package io.autorecharge.stripe.simulator;

/** The 3-D Secure page of the customer's bank, with two buttons. */
final class AuthenticationPage {

    private static final String CONTENT = """
            <h1>Confirm your payment</h1>
            <p>Your bank asks you to confirm a payment of <strong>%s</strong> (3-D Secure test page).</p>
            <form method="post">
            <button class="primary" id="complete" name="result" value="complete">Complete authentication</button>
            <button id="fail" name="result" value="fail">Fail authentication</button>
            </form>
            """;

    private AuthenticationPage() {}

    static String of(PaymentIntent intent) {
        String amount = Money.text(intent.terms().amount(), intent.terms().currency());
        return Html.page("Authentication", CONTENT.formatted(Html.escape(amount)));
    }
}
