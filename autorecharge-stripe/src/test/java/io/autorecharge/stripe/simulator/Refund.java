package io.autorecharge.stripe.simulator;

import java.util.Map;
import org.jspecify.annotations.Nullable;

record Refund(
        String id,
        long created,
        long amount,
        Charge charge,
        @Nullable String reason,
        Map<String, String> metadata) {}
