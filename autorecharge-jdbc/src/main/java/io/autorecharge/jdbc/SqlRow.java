package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The current row of a result, as values of the library. Null in a required column is an error of the database. */
final class SqlRow {
    private final ResultSet rows;
    private final Dialect dialect;

    SqlRow(ResultSet rows, Dialect dialect) {
        this.rows = rows;
        this.dialect = dialect;
    }

    String text(String column) throws SQLException {
        return present(textOrNull(column), column);
    }

    @Nullable
    String textOrNull(String column) throws SQLException {
        return rows.getString(column);
    }

    Instant time(String column) throws SQLException {
        return present(timeOrNull(column), column);
    }

    @Nullable
    Instant timeOrNull(String column) throws SQLException {
        return dialect.instant(rows, column);
    }

    @Nullable
    AccountId accountOrNull(String column) throws SQLException {
        String id = textOrNull(column);
        return id == null ? null : AccountId.of(id);
    }

    AccountId account(String column) throws SQLException {
        return AccountId.of(text(column));
    }

    Credits credits(String column) throws SQLException {
        return present(creditsOrNull(column), column);
    }

    @Nullable
    Credits creditsOrNull(String column) throws SQLException {
        BigDecimal value = rows.getBigDecimal(column);
        if (value == null) {
            return null;
        }
        try {
            return Credits.ofMicros(value.movePointRight(Credits.PLACES).longValueExact());
        } catch (ArithmeticException e) {
            throw new SQLException(column + " is not an amount of credits: " + value.toPlainString(), e);
        }
    }

    @Nullable
    Money moneyOrNull(String minorUnits, String currency) throws SQLException {
        String code = textOrNull(currency);
        return code == null ? null : Money.ofMinor(rows.getLong(minorUnits), code);
    }

    Money money(String minorUnits, String currency) throws SQLException {
        return present(moneyOrNull(minorUnits, currency), currency);
    }

    boolean flag(String column) throws SQLException {
        return rows.getBoolean(column);
    }

    /** Zero when null. */
    int number(String column) throws SQLException {
        return rows.getInt(column);
    }

    @Nullable
    Integer numberOrNull(String column) throws SQLException {
        int value = rows.getInt(column);
        return rows.wasNull() ? null : value;
    }

    long big(String column) throws SQLException {
        return rows.getLong(column);
    }

    /** A whole number of eight bytes. */
    @Nullable
    Long bigOrNull(String column) throws SQLException {
        long value = rows.getLong(column);
        return rows.wasNull() ? null : value;
    }

    <E extends Enum<E>> E word(Class<E> type, String column) throws SQLException {
        return Enum.valueOf(type, text(column));
    }

    <E extends Enum<E>> @Nullable E wordOrNull(Class<E> type, String column) throws SQLException {
        String name = textOrNull(column);
        return name == null ? null : Enum.valueOf(type, name);
    }

    private static <T> T present(@Nullable T value, String column) throws SQLException {
        if (value == null) {
            throw new SQLException(column + " is null or out of range");
        }
        return value;
    }
}
