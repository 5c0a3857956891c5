package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or column of the host, as the host writes it in SQL. The database folds the case of a bare name. A name in double quotes is
 * exact. Only identifiers become part of a statement, and names that the database itself has reported.
 */
record Identifier(String name, boolean exact) {
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final String RULE =
            "must be an identifier (at most 63 letters, digits and underscores; spaces, dashes and dollar signs in double quotes)";

    private static final Pattern QUOTED = Pattern.compile("\"([A-Za-z_][A-Za-z0-9_ $-]{0,62})\"");

    /** @throws InvalidValueException when the name is missing or not an identifier */
    static Identifier of(String field, @Nullable String written) {
        if (written == null) {
            throw new InvalidValueException(field, null, "must be given");
        }
        if (BARE.matcher(written).matches()) {
            return new Identifier(written, false);
        }
        Matcher quoted = QUOTED.matcher(written);
        if (quoted.matches()) {
            return new Identifier(quoted.group(1), true);
        }
        throw new InvalidValueException(field, written, RULE);
    }

    @Override
    public String toString() {
        return exact ? '"' + name.replace("\"", "\"\"") + '"' : name;
    }
}
