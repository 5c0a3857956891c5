package io.autorecharge.stripe.simulator;

/** What stands for the page of the customer's bank: 3-D Secure with two buttons. */
final class AuthenticationPage {

    private static final String CONTENT = """
            <h1>Your bank asks: is it you?</h1>
            <p>A payment of <strong>%s</strong> needs your confirmation (3-D Secure test page).</p>
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
