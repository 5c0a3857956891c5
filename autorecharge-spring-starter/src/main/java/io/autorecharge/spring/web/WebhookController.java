package io.autorecharge.spring.web;

import io.autorecharge.stripe.StripeWebhook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/credits/webhook}: what Stripe reports. Believed by its signature alone, so the host lets it through unauthenticated. */
@RestController
public class WebhookController {
    private final WebhookResponder desk;

    WebhookController(WebhookResponder desk) {
        this.desk = desk;
    }

    @RequestMapping(Paths.WEBHOOK)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            HttpSupport.requireMethod(request, response, "POST");
            HttpSupport.requireJson(request);
            byte[] body = HttpSupport.body(request, StripeWebhook.MAX_BODY_BYTES);
            return desk.take(body, HttpSupport.header(request, "Stripe-Signature"));
        });
    }
}
