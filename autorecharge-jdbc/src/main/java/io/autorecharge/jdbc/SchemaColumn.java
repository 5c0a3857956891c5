package io.autorecharge.jdbc;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * An existing column.
 *
 * @param type under the same name for every database
 * @param size characters of a text, digits of a number; 0 where a number has no bound
 * @param digits after the point
 * @param nullable whether it allows nulls
 * @param filled whether the database fills it if an insert omits it
 * @param generated whether the database computes it, so that it cannot be written
 */
record SchemaColumn(
        String name, String type, int size, int digits, boolean nullable, boolean filled, boolean generated) {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("int4", "integer"),
            Map.entry("int", "integer"),
            Map.entry("serial", "integer"),
            Map.entry("int8", "bigint"),
            Map.entry("bigserial", "bigint"),
            Map.entry("int2", "smallint"),
            Map.entry("float8", "double precision"),
            Map.entry("double", "double precision"),
            Map.entry("float4", "real"),
            Map.entry("float", "real"),
            Map.entry("decimal", "numeric"),
            Map.entry("bool", "boolean"),
            Map.entry("bit", "boolean"),
            Map.entry("character varying", "varchar"),
            Map.entry("mediumtext", "text"),
            Map.entry("longtext", "text"),
            Map.entry("bpchar", "char"),
            Map.entry("character", "char"),
            Map.entry("timestamptz", "timestamp with time zone"));

    /** Longer than any text that this library writes. Some databases report an unbounded text as a very long one. */
    private static final int UNBOUNDED = 65_000;

    private static final int MARIADB_MICROSECONDS = "2026-11-02 10:00:00.123456".length();

    /** Reads a row of {@link CatalogQueries#columns}. */
    static SchemaColumn read(ResultSet row, String name) throws SQLException {
        String called = row.getString("type_name").toLowerCase(Locale.ROOT);
        return new SchemaColumn(
                name,
                TYPES.getOrDefault(called, called),
                row.getInt("size"),
                row.getInt("digits"),
                row.getBoolean("nullable"),
                row.getBoolean("filled"),
                row.getBoolean("generated"));
    }

    /** Whether it holds any text of this length. */
    boolean holdsText(int length) {
        return type.equals("text") || (type.equals("varchar") && size >= length);
    }

    /** Whether it holds instants to the microsecond, independent of the time zone of a session. */
    boolean holdsMoments(Dialect dialect) {
        return dialect == Dialect.MARIADB
                ? type.equals("datetime") && size >= MARIADB_MICROSECONDS
                : type.equals("timestamp with time zone") && digits >= SqlTimes.DIGITS;
    }

    /** The balance type of this column. Empty if it cannot hold balances. */
    Optional<BalanceType> balanceType() {
        return switch (type) {
            case "integer", "bigint", "double precision" -> Optional.of(BalanceType.of(type));
            case "numeric" ->
                size == 0
                        ? Optional.of(BalanceType.numeric())
                        : digits < 0 || digits >= size || size > BalanceType.MOST_DIGITS
                                ? Optional.empty()
                                : Optional.of(BalanceType.numeric(size, digits));
            default -> Optional.empty();
        };
    }

    /** As it is written in SQL. */
    String shown() {
        return switch (type) {
            case "numeric" -> size == 0 ? type : "numeric(" + size + ", " + digits + ")";
            case "varchar", "char" -> size > UNBOUNDED ? type : type + "(" + size + ")";
            case "timestamp with time zone" ->
                digits == SqlTimes.DIGITS ? type : "timestamp(" + digits + ") with time zone";
            default -> type;
        };
    }
}
