package io.autorecharge.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all properties under {@code autorecharge}, as {@link AutoRechargeProperties} defines them. Immutable. */
final class KnownProperties {
    static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("autorecharge");

    /** Defined by the package of the endpoints, which this one does not use, as is the next one. */
    private static final String CONSENT = "autorecharge.consent";

    private static final String REQUESTS = "autorecharge.requests";

    private static final String INDEX = "[n]";

    /** A misspelling differs in no more characters than this from the property that was meant. */
    private static final int MAX_TYPOS = 2;

    private final List<Known> all = new ArrayList<>();

    /**
     * A known property.
     *
     * @param name as the documentation shows it: {@code [n]} stands for an index
     * @param joined in lower case, without dots, dashes and indices
     */
    private record Known(String name, String joined) {
        Known(String name) {
            this(name, KnownProperties.joined(name.replace(INDEX, "")));
        }

        /** The property at these indices; empty unless it has as many. */
        Optional<ConfigurationPropertyName> at(List<String> indices) {
            String indexed = name;
            for (String index : indices) {
                if (!indexed.contains(INDEX)) {
                    return Optional.empty();
                }
                indexed = indexed.replaceFirst(Pattern.quote(INDEX), "[" + index + "]");
            }
            return indexed.contains(INDEX) ? Optional.empty() : Optional.of(ConfigurationPropertyName.of(indexed));
        }
    }

    KnownProperties() {
        add(PREFIX.toString(), AutoRechargeProperties.class);
        add(CONSENT);
        add(CONSENT + ".version");
        add(CONSENT + ".text");
        add(REQUESTS);
        add(REQUESTS + ".per-minute");
    }

    private void add(String prefix, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "." + PropertyErrors.dashed(component.getName());
            Class<?> type = elementType(component);
            // The name of a group or a list is included: if it is empty in YAML, it is a property of that name.
            add(name);
            if (Collection.class.isAssignableFrom(component.getType())) {
                name += INDEX;
                add(name);
            }
            if (type.isRecord()) {
                add(name, type);
            }
        }
    }

    private void add(String name) {
        all.add(new Known(name));
    }

    private static Class<?> elementType(RecordComponent component) {
        if (Collection.class.isAssignableFrom(component.getType())
                && component.getGenericType() instanceof ParameterizedType list) {
            Type element = list.getActualTypeArguments()[0];
            return (Class<?>) element;
        }
        return component.getType();
    }

    boolean contains(ConfigurationPropertyName name) {
        return sameIgnoringDots(name).anyMatch(name::equals);
    }

    /** The known properties that have the same letters and the same indices: {@code max-amount} for {@code AUTORECHARGE_MAX_AMOUNT}. */
    Stream<ConfigurationPropertyName> sameIgnoringDots(ConfigurationPropertyName name) {
        String joined = joined(name);
        List<String> indices = IntStream.range(0, name.getNumberOfElements())
                .filter(name::isNumericIndex)
                .mapToObj(i -> name.getElement(i, Form.ORIGINAL))
                .toList();
        return all.stream().filter(known -> known.joined().equals(joined)).flatMap(known -> known.at(indices).stream());
    }

    /** Whether the names have the same letters; indices are ignored too. */
    static boolean haveSameLetters(String one, ConfigurationPropertyName other) {
        return joined(one).equals(joined(other));
    }

    /** The known name that was meant, if {@code name} looks like a misspelling of one. */
    Optional<String> meant(ConfigurationPropertyName name) {
        String joined = joined(name);
        return all.stream()
                .min(Comparator.comparingInt(known -> typos(joined, known.joined())))
                .filter(known -> typos(joined, known.joined()) <= MAX_TYPOS)
                .map(Known::name);
    }

    private static String joined(String name) {
        return joined(ConfigurationPropertyName.of(name));
    }

    private static String joined(ConfigurationPropertyName name) {
        return IntStream.range(0, name.getNumberOfElements())
                .filter(i -> !name.isNumericIndex(i))
                .mapToObj(i -> name.getElement(i, Form.UNIFORM))
                .collect(Collectors.joining());
    }

    /** Levenshtein's distance. */
    private static int typos(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int change = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(change, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[other.length()];
    }
}
