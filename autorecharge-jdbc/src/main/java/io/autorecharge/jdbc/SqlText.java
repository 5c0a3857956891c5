package io.autorecharge.jdbc;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes statements out of their texts, once, when a store is built. {@code {accounts}}, {@code {id}} and {@code {credits}} stand for the
 * accounts table; {@code {pg: …}}, {@code {h2: …}} and {@code {mariadb: …}} hold what only that database is told.
 */
final class SqlText {
    private static final Pattern FRAGMENT = Pattern.compile("\\{(pg|h2|mariadb):([^}]*)}");

    private final Dialect dialect;
    private final Tables tables;

    SqlText(Dialect dialect, Tables tables) {
        this.dialect = dialect;
        this.tables = tables;
    }

    String of(String text) {
        String spoken = FRAGMENT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals(dialect.tag()) ? found.group(2).strip() : ""));
        return spoken.replace("{accounts}", tables.accounts())
                .replace("{id}", tables.id())
                .replace("{credits}", tables.credits())
                .strip();
    }
}
