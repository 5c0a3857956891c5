package io.autorecharge.examples.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;

/** Somebody at the simulator's checkout page, who never comes back from it: only the webhook tells the demo. */
final class Customer {
    private Customer() {}

    /** Types a card and pays; the answer is a redirect, or the page again with an error. */
    static HttpResponse<String> pays(String url, String card) {
        Form form = Form.with("number", card)
                .and("expiry", "12/39")
                .and("cvc", "123")
                .and("email", "someone@example.com")
                .and("pay_with", "card");
        return Api.send(form.postTo(HttpRequest.newBuilder(URI.create(url))));
    }

    /** Confirms at the bank's page, where paying led to. */
    static HttpResponse<String> confirms(String checkoutUrl, HttpResponse<String> paid) {
        String bank = paid.headers().firstValue("Location").orElseThrow();
        assertThat(bank).contains("/c/authenticate/");
        return Api.send(Form.with("result", "complete")
                .postTo(HttpRequest.newBuilder(URI.create(checkoutUrl).resolve(bank))));
    }

    /** Buys a package with auto-recharge by the API's checkout, and pays with a card that needs no confirmation. */
    static void enables(Api api, int credits, String card) {
        assertThat(pays(checkout(api, credits), card).statusCode()).isBetween(300, 399);
        Eventually.equal(api::settings, "enabled", true);
    }

    /** The address of a checkout page that enables auto-recharge. */
    static String checkout(Api api, int credits) {
        HttpResponse<String> answer =
                api.post(Api.CHECKOUT, "{\"credits\":%d,\"enable_auto_recharge\":true}".formatted(credits));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return String.valueOf(Api.json(answer).get("url"));
    }
}
