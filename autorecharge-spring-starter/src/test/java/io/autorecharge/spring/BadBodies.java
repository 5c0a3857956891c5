package io.autorecharge.spring;

import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Bodies that must be refused, and the field that the answer must name. */
final class BadBodies {
    private static final String LONG = "x".repeat(10_000);
    private static final String DIGITS = "9".repeat(5_000);
    private static final String DEEP = "[".repeat(3_000);

    private BadBodies() {}

    static Stream<Arguments> all() {
        return Stream.concat(Stream.concat(settings(), checkout()), both());
    }

    private static Stream<Arguments> settings() {
        return Stream.of(
                        // the package
                        setting("\"credits\":-100", "credits"),
                        setting("\"credits\":0", "credits"),
                        setting("\"credits\":99", "credits"),
                        setting("\"credits\":100.0", "credits"),
                        setting("\"credits\":100.7", "credits"),
                        setting("\"credits\":1e2", "credits"),
                        setting("\"credits\":\"100\"", "credits"),
                        setting("\"credits\":\"" + LONG + "\"", "credits"),
                        setting("\"credits\":true", "credits"),
                        setting("\"credits\":null", "credits"),
                        setting("\"credits\":[100]", "credits"),
                        setting("\"credits\":{\"value\":100}", "credits"),
                        setting("\"credits\":2147483648", "credits"),
                        setting("\"credits\":" + DIGITS, "credits"),
                        setting("\"credits\":1e999999999", "credits"),
                        setting("\"credits\":NaN", "credits"),
                        setting("\"credits\":0x64", "credits"),
                        setting("\"credits\":0100", "credits"),
                        setting("\"credits\":+100", "credits"),
                        setting("\"credits\":" + DEEP, "credits"),
                        setting("\"credits\":50,\"credits\":100", "credits"),
                        Arguments.of("{\"enabled\":true}", "credits"),
                        // the threshold
                        setting("\"credits\":100,\"confirm_amount\":\"5.00\"", "confirm_currency"),
                        setting("\"credits\":100,\"confirm_currency\":\"USD\"", "confirm_amount"),
                        setting("\"credits\":100,\"confirm_max\":\"5.00\"", "confirm_amount"),
                        setting("\"credits\":100,\"confirm_amount\":5,\"confirm_currency\":\"USD\"", "confirm_amount"),
                        setting(
                                "\"credits\":100,\"confirm_amount\":\"5e0\",\"confirm_currency\":\"USD\"",
                                "confirm_amount"),
                        setting(
                                "\"credits\":100,\"confirm_amount\":\"-1\",\"confirm_currency\":\"USD\"",
                                "confirm_amount"),
                        setting(
                                "\"credits\":100,\"confirm_amount\":\"5.00\",\"confirm_currency\":\"US\"",
                                "confirm_currency"),
                        setting(
                                "\"credits\":100,\"confirm_amount\":\"5\",\"confirm_currency\":\"USD\",\"confirm_max\":\"4\"",
                                "confirm_max"),
                        setting("\"credits\":100,\"preview\":\"yes\"", "preview"),
                        threshold("-1", "threshold"),
                        threshold("-0.000001", "threshold"),
                        threshold("1000000001", "threshold"),
                        threshold("1e1", "threshold"),
                        threshold("1e9", "threshold"),
                        threshold("1E2", "threshold"),
                        threshold("1e30", "threshold"),
                        threshold("1e999999999", "threshold"),
                        threshold("1e99999999999999999999", "threshold"),
                        threshold("1e-999999999", "threshold"),
                        threshold("-1e999999999", "threshold"),
                        threshold("0.0000001", "threshold"),
                        threshold("\"10\"", "threshold"),
                        threshold("\"" + LONG + "\"", "threshold"),
                        threshold("true", "threshold"),
                        threshold("null", "threshold"),
                        threshold("[10]", "threshold"),
                        threshold("{}", "threshold"),
                        threshold("NaN", "threshold"),
                        threshold("Infinity", "threshold"),
                        threshold("-Infinity", "threshold"),
                        threshold("0." + DIGITS, "threshold"),
                        threshold(DIGITS, "threshold"),
                        threshold("10,", "threshold"),
                        threshold("10.", "threshold"),
                        threshold(".5", "threshold"),
                        // the switch
                        Arguments.of("{}", "enabled"),
                        Arguments.of("{\"credits\":100,\"threshold\":10.0}", "enabled"),
                        Arguments.of("{\"enabled\":null,\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":1,\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":\"true\",\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":\"\",\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":[],\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":TRUE,\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":true,\"enabled\":false,\"credits\":100}", "enabled"),
                        Arguments.of("{\"enabled\":true,\"Credits\":100}", "Credits"),
                        Arguments.of("{\"enabled\":true,\"credits\":100,\"bonus\":1000}", "bonus"),
                        Arguments.of("{\"enabled\":true,\"credits\":100,\"customer_id\":\"cus_9\"}", "customer_id"),
                        Arguments.of("{\"enabled\":true,\"credits\":100,\"account\":\"bob\"}", "account"),
                        // the consent
                        consent("\"" + LONG + "\""),
                        consent("1"),
                        consent("[]"),
                        consent("\"\""),
                        consent("\"1 \""),
                        consent("\"\\u0000\""))
                .map(it -> of(Endpoints.SETTINGS, it));
    }

    private static Arguments setting(String fields, String field) {
        return Arguments.of("{\"enabled\":true," + fields + ",\"threshold\":10.0}", field);
    }

    private static Arguments threshold(String value, String field) {
        return Arguments.of("{\"enabled\":true,\"credits\":100,\"threshold\":" + value + "}", field);
    }

    private static Arguments consent(String value) {
        return Arguments.of("{\"enabled\":true,\"credits\":100,\"consent_version\":" + value + "}", "consent_version");
    }

    private static Stream<Arguments> checkout() {
        return Stream.of(
                        Arguments.of("{\"credits\":-1}", "credits"),
                        Arguments.of("{\"credits\":0}", "credits"),
                        Arguments.of("{\"credits\":101}", "credits"),
                        Arguments.of("{\"credits\":\"100\"}", "credits"),
                        Arguments.of("{\"credits\":100.0}", "credits"),
                        Arguments.of("{\"credits\":null}", "credits"),
                        Arguments.of("{\"credits\":{}}", "credits"),
                        Arguments.of("{\"credits\":" + DIGITS + "}", "credits"),
                        Arguments.of("{}", "credits"),
                        Arguments.of("{\"enable_auto_recharge\":true}", "credits"),
                        Arguments.of("{\"credits\":100,\"enable_auto_recharge\":\"true\"}", "enable_auto_recharge"),
                        Arguments.of("{\"credits\":100,\"enable_auto_recharge\":1}", "enable_auto_recharge"),
                        Arguments.of("{\"credits\":100,\"enable_auto_recharge\":null}", "enable_auto_recharge"),
                        Arguments.of("{\"credits\":100,\"consent_version\":\"2\"}", "consent_version"),
                        Arguments.of("{\"credits\":100,\"price\":1}", "price"),
                        Arguments.of("{\"credits\":100,\"success_url\":\"https://evil.example\"}", "success_url"))
                .map(it -> of(Endpoints.CHECKOUT, it));
    }

    private static Stream<Arguments> both() {
        return Stream.of(
                        "",
                        "   \n",
                        "null",
                        "true",
                        "100",
                        "\"enabled\"",
                        "[]",
                        "[{\"enabled\":true,\"credits\":100}]",
                        "{",
                        "}",
                        "{]",
                        "{enabled:true}",
                        "{'enabled':true}",
                        "// comment\n{\"enabled\":false,\"credits\":100}",
                        "\uFEFF{\"enabled\":true,\"credits\":100}",
                        DEEP,
                        "enabled=true&credits=100",
                        "<xml/>",
                        "\u0000")
                .flatMap(body -> Stream.of(Endpoints.SETTINGS, Endpoints.CHECKOUT)
                        .map(path -> of(path, Arguments.of(body, "body"))));
    }

    private static Arguments of(String path, Arguments bodyAndField) {
        String body = (String) bodyAndField.get()[0];
        String shown = body.length() > 60 ? body.substring(0, 60) + "…" : body;
        return Arguments.of(path, shown, body, bodyAndField.get()[1]);
    }
}
