package io.autorecharge.jdbc;

import java.sql.SQLException;
import java.util.ConcurrentModificationException;
import java.util.Set;

/** What a failure of the database means, decided by its codes and never by its message. */
final class SqlStates {
    private static final int MARIADB_DUPLICATE_KEY = 1062;
    private static final Set<String> AGAIN_STATES = Set.of(
            "40001", // serialization failure; H2's deadlock
            "40P01", // PostgreSQL's deadlock
            "55P03", // PostgreSQL's lock time-out
            "26000", // PostgreSQL: a prepared statement is missing, since a pooler changed the session; nothing was
            // executed
            "42P05", // PostgreSQL: a prepared statement of this name is there, since a pooler changed the session
            "HYT00"); // H2's lock time-out
    private static final Set<Integer> AGAIN_MARIADB = Set.of(
            1205, // lock wait time-out
            1213, // deadlock
            1020); // the row changed since it was read
    private static final Set<String> TIMEOUT_STATES = Set.of(
            "55P03", // PostgreSQL's lock time-out
            "57014", // PostgreSQL's and H2's statement time-out
            "HYT00", // H2's lock time-out
            "70100"); // MariaDB's statement time-out
    private static final Set<Integer> TIMEOUT_MARIADB = Set.of(
            1205, // lock wait time-out
            3024); // MySQL's statement time-out
    private static final Set<String> MISSING = Set.of(
            "42P01", // PostgreSQL's table
            "42703", // PostgreSQL's column
            "3F000", // PostgreSQL's schema
            "90079"); // H2's schema
    private static final int H2_CONCURRENT_UPDATE = 90131;

    /** The state of the library's own failure when an update was accepted and changed no row. */
    static final String NOT_CHANGED = "27000";

    /** What a database answers when it works and does not accept a row. */
    private static final Set<String> REFUSAL_CLASSES = Set.of(
            "09", // a trigger
            "22", // a value does not fit its column
            "23", // a constraint
            "27", // a trigger
            "38", // a function of a trigger
            "39", "42", // a missing right, a policy, a missing or changed column
            "44", // the check option of a view
            "45", // a trigger of MariaDB
            "P0"); // a trigger of PostgreSQL

    private static final Set<Integer> REFUSAL_MARIADB = Set.of(
            1264, // out of range
            1364, // no default value
            1366, // wrong value
            1369, // the check option of a view
            1442, // a trigger
            1644, // a trigger's signal
            3819, // MySQL's check constraint
            4025); // MariaDB's check constraint
    private static final Set<Integer> REFUSAL_H2 = Set.of(
            90043, // a trigger cannot be made
            90044, // a trigger
            90096); // a missing right

    private SqlStates() {}

    /** Whether a row violates a unique key. */
    static boolean isDuplicate(SQLException e) {
        return "23505".equals(e.getSQLState()) || (e.getErrorCode() == MARIADB_DUPLICATE_KEY && isClass(e, "23"));
    }

    /** Whether the same transaction may succeed when it is run again. */
    static boolean isRetryable(SQLException e) {
        String state = e.getSQLState();
        if (state == null) {
            return false;
        }
        return AGAIN_STATES.contains(state)
                || (isClass(e, "HY") && AGAIN_MARIADB.contains(e.getErrorCode()))
                || (isClass(e, "90") && e.getErrorCode() == H2_CONCURRENT_UPDATE)
                // H2 lists the indexes of a table while another session adds one.
                || e.getCause() instanceof ConcurrentModificationException;
    }

    /** Whether a statement waited longer than it may, for a lock or for its result. */
    static boolean isTimeout(SQLException e) {
        String state = e.getSQLState();
        return state != null
                && (TIMEOUT_STATES.contains(state) || (isClass(e, "HY") && TIMEOUT_MARIADB.contains(e.getErrorCode())));
    }

    /** Whether a change was refused because the transaction only reads. */
    static boolean isReadOnly(SQLException e) {
        return "25006".equals(e.getSQLState());
    }

    /**
     * Whether the database works and refuses these rows. A failed connection, a full disk, a database in recovery or in read-only mode are
     * no refusal: they end by themselves, and say nothing about the rows.
     */
    static boolean isRefusal(SQLException e) {
        String state = e.getSQLState();
        if (state == null || state.length() < 2 || isRetryable(e)) {
            return false;
        }
        return REFUSAL_CLASSES.contains(state.substring(0, 2))
                || (isClass(e, "HY") && REFUSAL_MARIADB.contains(e.getErrorCode()))
                || (isClass(e, "90") && REFUSAL_H2.contains(e.getErrorCode()));
    }

    /** Whether another node created the same table, or a part of it, at the same time. */
    static boolean isLostCreation(SQLException e) {
        String state = e.getSQLState();
        return isDuplicate(e)
                || isRetryable(e)
                || "42P07".equals(state)
                || "42S01".equals(state)
                || "42710".equals(state);
    }

    /** Whether the statement names a table, column or schema that does not exist. */
    static boolean isMissing(SQLException e) {
        return MISSING.contains(String.valueOf(e.getSQLState())) || isClass(e, "42S");
    }

    private static boolean isClass(SQLException e, String prefix) {
        return e.getSQLState() != null && e.getSQLState().startsWith(prefix);
    }
}
