package io.autorecharge.jdbc;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The names of the library's tables in statements. Statements in the code name tables as the schema files do. {@link #in} adds the schema and
 * the prefix to every table, and the prefix to every index and constraint. Every statement passes through it just before it is executed, so
 * that no statement can mean a table of another schema. Immutable, except for a cache. Thread-safe.
 *
 * @see SchemaResolver
 */
final class TableNames {
    /** A text, a quoted name or a comment, which stay as they are; the accounts table; or a name of the schema files. */
    private static final Pattern NAME = Pattern.compile(
            "'(?:[^']|'')*'|\"[^\"]*\"|`[^`]*`|--[^\\n]*|(?<accounts>\\{accounts})"
                    + "|(?<![\\w.])(?:(?<table>" + alternatives(SchemaNames.TABLES) + ")|(?<part>"
                    + alternatives(SchemaNames.PARTS) + "))(?!\\w)(?<column>\\s*\\.)?",
            Pattern.CASE_INSENSITIVE);

    /** Statements are constants, except for lists of parameters. */
    private static final int CACHED = 2000;

    private final Dialect dialect;
    private final AccountsTable accounts;
    private final @Nullable Identifier schema;
    private final @Nullable Identifier accountsSchema;
    private final boolean pooled;
    private final boolean lenient;
    private final String qualifier;
    private final Map<String, String> cache = new ConcurrentHashMap<>();

    /**
     * @param schema of the library's tables; null for names without a schema
     * @param accountsSchema of the accounts table; null for a name without a schema
     */
    TableNames(
            Dialect dialect, AccountsTable accounts, @Nullable Identifier schema, @Nullable Identifier accountsSchema) {
        this(dialect, accounts, schema, accountsSchema, false);
    }

    /** @param pooled whether a pooler is between the driver and the database ({@link Pooler}) */
    TableNames(
            Dialect dialect,
            AccountsTable accounts,
            @Nullable Identifier schema,
            @Nullable Identifier accountsSchema,
            boolean pooled) {
        this(dialect, accounts, schema, accountsSchema, pooled, false);
    }

    /** @param lenient whether sessions cut values that do not fit, so that statements must say otherwise ({@link SqlMode}) */
    TableNames(
            Dialect dialect,
            AccountsTable accounts,
            @Nullable Identifier schema,
            @Nullable Identifier accountsSchema,
            boolean pooled,
            boolean lenient) {
        this.lenient = lenient;
        this.dialect = dialect;
        this.accounts = accounts;
        this.schema = schema;
        this.accountsSchema = accountsSchema;
        this.pooled = pooled;
        this.qualifier = qualifier(schema);
    }

    /** The names as they are configured, for a script: a schema that is not configured is left out. */
    static TableNames configured(Dialect dialect, AccountsTable accounts) {
        return new TableNames(
                dialect,
                accounts,
                accounts.librarySchema().orElse(null),
                accounts.schema().orElse(null));
    }

    Dialect dialect() {
        return dialect;
    }

    AccountsTable accounts() {
        return accounts;
    }

    /** Whether every transaction may run in another session of the database. */
    boolean isPooled() {
        return pooled;
    }

    /** Whether the database's sessions cut values that do not fit instead of refusing them. */
    boolean isLenient() {
        return lenient;
    }

    /** The schema of the library's tables. */
    Optional<Identifier> schema() {
        return Optional.ofNullable(schema);
    }

    /** The schema of the accounts table. */
    Optional<Identifier> accountsSchema() {
        return Optional.ofNullable(accountsSchema);
    }

    /** The name of a table, index or constraint of the schema files, with the prefix. */
    Identifier prefixed(String name) {
        return new Identifier(accounts.tablePrefix() + name, false);
    }

    /** The statement with the names of this database. */
    String in(String statement) {
        String known = cache.get(statement);
        if (known != null) {
            return known;
        }
        String named = NAME.matcher(statement).replaceAll(found -> Matcher.quoteReplacement(named((Matcher) found)));
        if (cache.size() < CACHED) {
            cache.put(statement, named);
        }
        return named;
    }

    private String named(Matcher found) {
        if (found.group("accounts") != null) {
            return qualifier(accountsSchema) + dialect.quoted(accounts.table());
        }
        boolean table = found.group("table") != null;
        if (!table && found.group("part") == null) {
            return found.group();
        }
        // A column is qualified with the bare name of its table.
        boolean bare = !table || found.group("column") != null;
        return (bare ? "" : qualifier) + accounts.tablePrefix() + found.group();
    }

    private String qualifier(@Nullable Identifier place) {
        return place == null ? "" : dialect.quoted(place) + ".";
    }

    private static String alternatives(Set<String> names) {
        return names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }
}
