package io.autorecharge.jdbc;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SQL mode of MariaDB and MySQL. Without its strict mode a session cuts a text or an amount that does not fit, and writes an empty value
 * where one is missing, with a warning that nobody reads. MariaDB accepts the mode with each statement, for that statement only. MySQL does
 * not, so its sessions must be strict.
 */
final class SqlMode {
    private static final Logger LOG = LoggerFactory.getLogger(JdbcStore.class);

    private static final String QUERY = "select @@sql_mode, version()";

    private static final String STRICT = "sql_mode=concat(@@sql_mode, ',STRICT_ALL_TABLES')";

    private static final String SET = "set statement ";

    private SqlMode() {}

    /**
     * Whether the statements of the library must name the strict mode.
     *
     * @throws IllegalStateException for MySQL, whose sessions must be strict
     */
    static boolean isLenient(Connection connection, Dialect dialect) throws SQLException {
        if (dialect != Dialect.MARIADB) {
            return false;
        }
        try (Statement call = connection.createStatement();
                ResultSet rows = call.executeQuery(QUERY)) {
            rows.next();
            String mode = rows.getString(1).toUpperCase(Locale.ROOT);
            if (mode.contains("STRICT_TRANS_TABLES") || mode.contains("STRICT_ALL_TABLES")) {
                return false;
            }
            if (!rows.getString(2).toLowerCase(Locale.ROOT).contains("mariadb")) {
                throw new IllegalStateException(
                        "the database's sql_mode is not strict, so that amounts and texts that do not fit would be cut."
                                + " Set STRICT_TRANS_TABLES in the server's sql_mode, or with sessionVariables in the JDBC URL");
            }
            LOG.warn(
                    "The database's sql_mode is not strict. The library's statements are, your own are not: amounts and texts that do not fit"
                            + " are cut. Set STRICT_TRANS_TABLES in the server's sql_mode, or with sessionVariables in the JDBC URL");
            return true;
        }
    }

    /**
     * The statement in strict mode.
     *
     * @param statement may begin with other settings for itself
     */
    static String strict(String statement) {
        return statement.startsWith(SET)
                ? SET + STRICT + "," + statement.substring(SET.length())
                : SET + STRICT + " for " + statement;
    }
}
