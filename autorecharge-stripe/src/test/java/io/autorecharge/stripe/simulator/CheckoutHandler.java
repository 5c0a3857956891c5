package io.autorecharge.stripe.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.autorecharge.stripe.simulator.Checkout.Next;
import io.autorecharge.stripe.simulator.Checkout.Order;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the pages for customers: {@code /c/pay/{session}} and {@code /c/authenticate/{intent}}. */
final class CheckoutHandler implements HttpHandler {

    private final Checkout checkout;
    private final Store store;

    CheckoutHandler(Checkout checkout, Store store) {
        this.checkout = checkout;
        this.store = store;
    }

    @Override
    public void handle(HttpExchange http) throws IOException {
        Exchange exchange = new Exchange(http);
        List<String> path = PathPattern.parts(exchange.path());
        boolean post = exchange.method().equals("POST");
        try {
            Map<String, String> form = exchange.form();
            if (path.size() == 4 && path.get(2).equals("pay")) {
                pay(exchange, path.get(3), form, post);
            } else if (path.size() == 4 && path.get(2).equals("authenticate")) {
                authenticate(exchange, path.get(3), form, post);
            } else {
                exchange.page(200, CheckoutPage.notice("Done", "You can close this page."));
            }
        } catch (ApiError error) {
            exchange.page(404, CheckoutPage.notice("Something went wrong", String.valueOf(error.getMessage())));
        }
    }

    private void pay(Exchange exchange, String id, Map<String, String> form, boolean post) throws IOException {
        CheckoutSession session =
                checkout.find(id).orElseThrow(() -> ApiError.notFound("checkout.session", "session", id));
        if (!session.isOpen()) {
            exchange.page(200, CheckoutPage.closed(session));
        } else if (post) {
            follow(exchange, session, form, next(id, form));
        } else {
            exchange.page(200, CheckoutPage.of(session, form, ""));
        }
    }

    private Next next(String id, Map<String, String> form) {
        String email = form.getOrDefault("email", "").strip();
        boolean terms = form.containsKey("terms");
        String type = form.getOrDefault("pay_with", "card");
        if (!type.equals("card")) {
            return checkout.pay(id, new Order(null, type, email.isEmpty() ? null : email, terms));
        }
        CardEntry card;
        try {
            card = CardEntry.typed(
                    form.getOrDefault("number", ""), form.getOrDefault("expiry", ""), form.getOrDefault("cvc", ""));
        } catch (ApiError error) {
            return new Next.Stay(String.valueOf(error.getMessage()));
        }
        return checkout.pay(id, Order.of(card, email.isEmpty() ? null : email, terms));
    }

    private void authenticate(Exchange exchange, String intentId, Map<String, String> form, boolean post)
            throws IOException {
        String page = waiting(intentId);
        if (page == null) {
            exchange.page(200, CheckoutPage.notice("Nothing to do", "This payment does not require authentication."));
        } else if (post) {
            Next next = checkout.authenticated(intentId, "complete".equals(form.get("result")));
            follow(exchange, checkout.sessionOf(intentId).orElse(null), Map.of(), next);
        } else {
            exchange.page(200, page);
        }
    }

    /** The page of the bank for an intent that waits for the holder, or null. */
    private @Nullable String waiting(String id) {
        if (id.startsWith("seti_")) {
            SetupIntent setup =
                    store.setupIntents.find(id).orElseThrow(() -> ApiError.notFound("setupintent", "intent", id));
            boolean waits = setup.status() == SetupIntent.Status.REQUIRES_ACTION && !setup.isUnverified();
            return waits ? AuthenticationPage.ofSetup() : null;
        }
        PaymentIntent intent =
                store.intents.find(id).orElseThrow(() -> ApiError.notFound("payment_intent", "intent", id));
        return intent.status() == PaymentIntent.Status.REQUIRES_ACTION ? AuthenticationPage.of(intent) : null;
    }

    private static void follow(
            Exchange exchange, @Nullable CheckoutSession session, Map<String, String> form, Next next)
            throws IOException {
        if (next instanceof Next.Leave leave) {
            exchange.redirect(leave.url());
        } else if (next instanceof Next.Authenticate step) {
            exchange.redirect("/c/authenticate/" + step.intent());
        } else if (next instanceof Next.Stay stay && session != null) {
            exchange.page(200, CheckoutPage.of(session, form, stay.message()));
        }
    }
}
