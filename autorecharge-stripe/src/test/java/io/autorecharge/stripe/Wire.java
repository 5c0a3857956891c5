package io.autorecharge.stripe;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;

/** JSON and requests for tests with the raw server. */
final class Wire {
    static final String CHARGE = "POST /v1/payment_intents";
    static final String CANCEL = "POST /v1/payment_intents/pi_1/cancel";
    static final String UPDATE = "POST /v1/payment_intents/pi_1";
    static final String FETCH = "GET /v1/payment_intents/pi_1";
    static final String LIST = "GET /v1/payment_intents";
    static final String CUSTOMER = "GET /v1/customers/cus_1";
    static final String METHOD = "GET /v1/payment_methods/pm_1";
    static final String EMPTY_LIST =
            "{\"object\":\"list\",\"data\":[],\"has_more\":false,\"url\":\"/v1/payment_intents\"}";

    private Wire() {}

    static ChargeRequest request(boolean inDoubt) {
        return new ChargeRequest(
                new AccountId("alice"),
                new RechargeId("recharge-1"),
                new AttemptId("attempt-1"),
                "cus_1",
                "pm_1",
                Money.of("12.00", "USD"),
                "Auto-recharge: 100 credits",
                Instant.parse("2026-03-02T09:00:00Z"),
                inDoubt);
    }

    static String intent(String status) {
        return intent(
                "pi_1", status, "succeeded".equals(status) ? 1200 : 0, "usd", "cus_1", "attempt-1", false, "null");
    }

    static String intent(
            String id,
            String status,
            long received,
            String currency,
            String customer,
            String attempt,
            boolean live,
            String error) {
        return "{\"id\":\"" + id + "\",\"object\":\"payment_intent\",\"amount\":1200,\"amount_received\":" + received
                + ",\"currency\":\"" + currency + "\",\"customer\":\"" + customer + "\",\"livemode\":" + live
                + ",\"status\":\"" + status
                + "\",\"last_payment_error\":" + error
                + ",\"latest_charge\":null,\"metadata\":{\"autorecharge_account\":\"alice\","
                + "\"autorecharge_recharge\":\"recharge-1\",\"autorecharge_attempt\":\"" + attempt + "\"}}";
    }

    /** An intent with a stored reason. */
    static String stored(String status, String reason) {
        return intent(status).replace("\"metadata\":{", "\"metadata\":{\"autorecharge_reason\":\"" + reason + "\",");
    }

    static String list(String... intents) {
        return "{\"object\":\"list\",\"data\":[" + String.join(",", intents)
                + "],\"has_more\":false,\"url\":\"/v1/payment_intents\"}";
    }

    /** @param fields further JSON members; the type is given separately */
    static String error(String type, String fields) {
        return "{\"error\":{\"type\":\"" + type + "\",\"message\":\"a message\""
                + (fields.isEmpty() ? "" : "," + fields) + "}}";
    }

    /** The bank declined: there is a charge, which keeps the reason. */
    static String cardError(String fields) {
        String intent =
                intent("requires_payment_method").replace("\"latest_charge\":null", "\"latest_charge\":\"ch_1\"");
        return error("card_error", fields + ",\"payment_intent\":" + intent);
    }
}
