package io.autorecharge.spring;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/** The names of all properties under {@code autorecharge}, as {@link AutoRechargeProperties} defines them. Immutable. */
final class KnownProperties {
    static final ConfigurationPropertyName PREFIX = ConfigurationPropertyName.of("autorecharge");

    /** Defined by the package of the endpoints, which this one does not use. */
    private static final String CONSENT = "autorecharge.consent";

    /** A misspelling differs in no more characters than this from the property that was meant. */
    private static final int MAX_TYPOS = 2;

    /** By their names without dashes, in lower case, and without indices: as an environment variable holds them too. */
    private final Map<String, String> names = new TreeMap<>();

    KnownProperties() {
        add(PREFIX.toString(), AutoRechargeProperties.class);
        add(CONSENT);
        add(CONSENT + ".version");
    }

    private void add(String prefix, Class<?> record) {
        for (RecordComponent component : record.getRecordComponents()) {
            String name = prefix + "." + PropertyErrors.dashed(component.getName());
            Class<?> type = elementType(component);
            // A group's own name is included: an empty group in YAML is a property of that name.
            add(name);
            if (type.isRecord()) {
                add(name, type);
            }
        }
    }

    private void add(String name) {
        names.put(plain(name), name);
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
        return names.containsKey(plain(name));
    }

    /** Whether the name is a known one when its dots are ignored: {@code AUTORECHARGE_MAX_AMOUNT} sets {@code max-amount} too. */
    boolean containsIgnoringDots(ConfigurationPropertyName name) {
        String joined = joined(plain(name));
        return names.keySet().stream().anyMatch(known -> joined(known).equals(joined));
    }

    static boolean sameIgnoringDots(String one, ConfigurationPropertyName other) {
        return joined(plain(one)).equals(joined(plain(other)));
    }

    /** The known name that was meant, if {@code name} looks like a misspelling of one. */
    Optional<String> meant(ConfigurationPropertyName name) {
        String joined = joined(plain(name));
        return names.entrySet().stream()
                .min(Comparator.comparingInt(known -> typos(joined, joined(known.getKey()))))
                .filter(known -> typos(joined, joined(known.getKey())) <= MAX_TYPOS)
                .map(Map.Entry::getValue);
    }

    private static String joined(String plain) {
        return plain.replace(".", "");
    }

    private static String plain(String name) {
        return plain(ConfigurationPropertyName.of(name));
    }

    private static String plain(ConfigurationPropertyName name) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < name.getNumberOfElements(); i++) {
            if (!name.isNumericIndex(i)) {
                plain.append(i == 0 ? "" : ".").append(name.getElement(i, Form.UNIFORM));
            }
        }
        return plain.toString();
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
