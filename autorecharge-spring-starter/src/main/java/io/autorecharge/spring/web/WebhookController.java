package io.autorecharge.spring.web;

import io.autorecharge.stripe.StripeWebhook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/credits/webhook}: events from Stripe. Only the signature proves their origin, so the host must permit this path without
 * authentication.
 */
@RestController
class WebhookController {
    private final WebhookResponder responder;

    WebhookController(WebhookResponder responder) {
        this.responder = responder;
    }

    @PostMapping(Paths.WEBHOOK)
    void receive(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            HttpSupport.requireJson(request);
            byte[] body = HttpSupport.body(request, StripeWebhook.MAX_BODY_BYTES);
            return responder.answer(body, HttpSupport.header(request, "Stripe-Signature"));
        });
    }
}
