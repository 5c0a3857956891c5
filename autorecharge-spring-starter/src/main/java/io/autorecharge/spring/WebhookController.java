package io.autorecharge.spring;

import io.autorecharge.stripe.StripeWebhook;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/credits/webhook}: what Stripe reports. Believed by its signature alone, so the host lets it through unauthenticated. */
@RestController
class WebhookController {
    private final WebhookDesk desk;

    WebhookController(WebhookDesk desk) {
        this.desk = desk;
    }

    @RequestMapping(Paths.WEBHOOK)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpEdge.answer(response, () -> {
            HttpEdge.requireMethod(request, response, "POST");
            HttpEdge.requireJson(request);
            byte[] body = HttpEdge.body(request, StripeWebhook.MAX_BODY_BYTES);
            return desk.take(body, HttpEdge.header(request, "Stripe-Signature"));
        });
    }
}
