package io.autorecharge.jdbc;

import io.autorecharge.credit.Text;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The name of a table or column of the host, as the host writes it in SQL: bare, then the database folds its case, or in double quotes,
 * then it is exact. Only what passes here ever becomes part of a statement.
 */
record Identifier(String name, boolean exact) {
    private static final Pattern BARE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}");
    private static final Pattern QUOTED = Pattern.compile("\"([A-Za-z_][A-Za-z0-9_ $-]{0,62})\"");

    /** @throws IllegalArgumentException naming the field and the value */
    static Identifier of(String field, @Nullable String written) {
        if (written == null) {
            throw new IllegalArgumentException(field + " is missing");
        }
        if (BARE.matcher(written).matches()) {
            return new Identifier(written, false);
        }
        Matcher quoted = QUOTED.matcher(written);
        if (quoted.matches()) {
            return new Identifier(quoted.group(1), true);
        }
        throw new IllegalArgumentException(
                field + " is not an identifier (letters, digits and underscores, at most 63; "
                        + "others in double quotes): '" + Text.shown(written) + "'");
    }

    @Override
    public String toString() {
        return exact ? '"' + name + '"' : name;
    }
}
