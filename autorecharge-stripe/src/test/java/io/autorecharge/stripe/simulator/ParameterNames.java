package io.autorecharge.stripe.simulator;

import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters that an endpoint accepts. {@code #} stands for an index and {@code *} for any key, as in
 * {@code line_items[#][quantity]} and {@code metadata[*]}. A parameter that the real Stripe accepts and this simulator does not implement is
 * rejected too, because ignoring it would hide mistakes.
 */
final class ParameterNames {

    private static final Pattern INDEX = Pattern.compile("\\[\\d+]");

    private final Set<String> known;
    private final @Nullable String answer;

    private ParameterNames(Set<String> known, @Nullable String answer) {
        this.known = known;
        this.answer = answer;
    }

    static ParameterNames of(String... known) {
        return new ParameterNames(Set.of(known), null);
    }

    /** Also accepts {@code expand} for responses of this kind; see {@link Expansions}. */
    ParameterNames expanding(String kind) {
        Set<String> more = new HashSet<>(known);
        more.add("expand[#]");
        return new ParameterNames(more, kind);
    }

    void check(Params params) {
        for (String name : params.values().keySet()) {
            if (!known.contains(name) && !isKnownNested(name)) {
                refuse(name);
            }
        }
        if (answer != null) {
            Expansions.check(answer, params);
        }
    }

    private boolean isKnownNested(String name) {
        int bracket = name.lastIndexOf('[');
        return bracket > 0
                && name.endsWith("]")
                && (known.contains(INDEX.matcher(name).replaceAll("[#]"))
                        || known.contains(
                                INDEX.matcher(name.substring(0, bracket)).replaceAll("[#]") + "[*]"));
    }

    private static void refuse(String name) {
        if (name.startsWith("payment_method_types")) {
            throw ApiError.parameter(
                    "payment_method_types",
                    "payment_method_types_no_longer_supported",
                    "The `payment_method_types` parameter is no longer supported. Use dynamic payment methods, or"
                            + " `allowed_payment_method_types` and `excluded_payment_method_types`.");
        }
        throw ApiError.unknownParameter(name);
    }
}
