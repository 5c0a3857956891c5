package io.autorecharge.stripe.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A path in which {@code *} stands for one segment: {@code /v1/payment_intents/*}. */
final class PathPattern {

    private final List<String> parts;

    PathPattern(String pattern) {
        parts = parts(pattern);
    }

    /** The segments of a path; a slash at the end is ignored. */
    static List<String> parts(String path) {
        String bare = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        return List.of(bare.split("/", -1));
    }

    /** The segments in place of the stars, or empty if the path does not match. */
    Optional<List<String>> match(List<String> path) {
        if (path.size() != parts.size()) {
            return Optional.empty();
        }
        List<String> stars = new ArrayList<>(1);
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).equals("*")) {
                stars.add(path.get(i));
            } else if (!parts.get(i).equals(path.get(i))) {
                return Optional.empty();
            }
        }
        return Optional.of(stars);
    }
}
