package io.autorecharge.examples.plain;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The simulator's ids are random: each gets a name such as {@code pi_no3}, by kind and in the order in which they are first seen. */
final class GoldenIds {
    // The prefix and random letters that the simulator's Ids make; a card's public name, such as pm_card_visa, is none.
    private static final Pattern RANDOM = Pattern.compile("\\b([a-z]{2,3}(?:_test)?)_([A-Za-z0-9]{24,})\\b");
    private static final Pattern NAME = Pattern.compile("\\b([a-z]{2,3}(?:_test)?)_no(\\d+)\\b");

    private final Map<String, String> names = new LinkedHashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /** The text with names instead of random ids. */
    String named(String text) {
        return RANDOM.matcher(text)
                .replaceAll(found -> names.computeIfAbsent(found.group(), id -> next(found.group(1))));
    }

    /** The text with this simulator's ids instead of names. A name of nothing that is known here stays, and is given to nothing else. */
    String real(String text) {
        Map<String, String> ids = new HashMap<>();
        names.forEach((id, name) -> ids.put(name, id));
        return NAME.matcher(text).replaceAll(found -> {
            counts.merge(found.group(1), Integer.parseInt(found.group(2)), Math::max);
            return ids.getOrDefault(found.group(), found.group());
        });
    }

    private String next(String kind) {
        return kind + "_no" + counts.merge(kind, 1, Integer::sum);
    }
}
