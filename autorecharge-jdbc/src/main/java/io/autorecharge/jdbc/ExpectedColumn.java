package io.autorecharge.jdbc;

import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A column as the schema files define it.
 *
 * @param definition what follows its name
 * @param withTable whether it was created together with its table, so that no later step adds it
 */
record ExpectedColumn(String name, String definition, boolean withTable) {
    private static final Pattern TYPE =
            Pattern.compile("(\\w+)(?:\\((\\d+)(?:, ?(\\d+))?\\))?( with time zone| precision)?.*", Pattern.DOTALL);

    /** The same column, without the default that a later step drops. */
    ExpectedColumn withoutDefault() {
        return new ExpectedColumn(name, definition.replaceAll("default \\S+ ?", ""), withTable);
    }

    /** What is wrong with the existing column, as the end of a sentence. */
    Optional<String> problem(SchemaColumn found, Dialect dialect) {
        if (isGenerated()) {
            return Optional.empty();
        }
        if (!fits(found, dialect)) {
            return Optional.of("is " + found.shown() + ", must be " + type());
        }
        if (found.generated()) {
            return Optional.of("is generated, must be writable");
        }
        boolean mayBeNull = !definition.contains("not null");
        if (found.nullable() != mayBeNull) {
            return Optional.of(mayBeNull ? "is not null, must allow nulls" : "allows nulls, must be not null");
        }
        return !mayBeNull && definition.contains("default ") && !found.filled()
                ? Optional.of("has no default, must have one")
                : Optional.empty();
    }

    private boolean isGenerated() {
        return definition.contains(" generated ");
    }

    private boolean fits(SchemaColumn found, Dialect dialect) {
        Matcher parts = parts();
        int size = parts.group(2) == null ? 0 : Integer.parseInt(parts.group(2));
        return switch (parts.group(1)) {
            case "varchar" -> found.holdsText(size);
            case "numeric" ->
                found.balanceType()
                        .filter(type -> type.holdsAllOf(BalanceType.numeric(size, Integer.parseInt(parts.group(3)))))
                        .isPresent();
            case "timestamp", "datetime" -> found.holdsMoments(dialect);
            case "integer" -> Set.of("integer", "bigint").contains(found.type());
            default -> found.type().equals(type());
        };
    }

    /** As it is written in SQL. */
    private String type() {
        Matcher parts = parts();
        String suffix = parts.group(4) == null ? "" : parts.group(4);
        String digits = parts.group(3) == null ? "" : ", " + parts.group(3);
        return parts.group(1) + (parts.group(2) == null ? "" : "(" + parts.group(2) + digits + ")") + suffix;
    }

    private Matcher parts() {
        Matcher parts = TYPE.matcher(definition);
        if (!parts.matches()) {
            throw new IllegalStateException(
                    "a schema file has a column that cannot be read: " + name + " " + definition);
        }
        return parts;
    }
}
