package io.autorecharge.stripe.simulator;

import io.autorecharge.stripe.simulator.SetupIntent.Terms;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the parameters of a new SetupIntent. */
final class SetupTerms {

    private SetupTerms() {}

    static Terms read(Params params, long now) {
        String usage = params.oneOf("usage", "off_session", "on_session");
        String redirects = params.oneOf("automatic_payment_methods[allow_redirects]", "always", "never");
        boolean off =
                params.has("automatic_payment_methods[enabled]") && !params.flag("automatic_payment_methods[enabled]");
        return of(
                now,
                usage == null ? "off_session" : usage,
                params.text("description"),
                off ? null : redirects == null ? "always" : redirects,
                PaymentMethodTypes.ALL,
                params.metadata("metadata"));
    }

    /** The SetupIntent of a checkout. */
    static Terms ofCheckout(Params params, List<String> types, long now) {
        return of(
                now,
                "off_session",
                params.text("setup_intent_data[description]"),
                "always",
                types,
                params.metadata("setup_intent_data[metadata]"));
    }

    private static Terms of(
            long now,
            String usage,
            @Nullable String description,
            @Nullable String redirects,
            List<String> types,
            Map<String, String> metadata) {
        String id = Ids.next("seti_");
        return new Terms(id, now, usage, description, redirects, types, metadata, id + "_secret_" + Ids.random(25));
    }
}
