package io.autorecharge.jdbc;

import io.autorecharge.simulation.Call;
import io.autorecharge.simulation.Fault;
import io.autorecharge.simulation.NodeDied;
import io.autorecharge.simulation.PortCalls;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one node. Every statement and commit can be made to fail: refused, executed without an answer, or the last action of
 * the process. What a dead process left open is rolled back, as by the database when a connection breaks.
 */
final class FaultyDataSource {
    /** By statement: a simulated world runs the same ones many thousand times. */
    private static final Map<String, String> VERBS = new ConcurrentHashMap<>();

    private final DataSource real;
    private final PortCalls calls;

    private FaultyDataSource(DataSource real, PortCalls calls) {
        this.real = real;
        this.calls = calls;
    }

    static DataSource of(DataSource real, PortCalls calls) {
        return new FaultyDataSource(real, calls).dataSource();
    }

    private DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(real, method, arguments);
            }
            return connection((Connection) withFaults(Call.CONNECT, "connect", real, method, arguments));
        });
    }

    private Connection connection(Connection target) {
        return proxy(Connection.class, (proxy, method, arguments) -> switch (method.getName()) {
            case "commit" -> withFaults(Call.SQL_COMMIT, "commit", target, method, arguments);
            case "close" -> closed(target, method);
            case "setAutoCommit" -> isAlive() ? invoke(target, method, arguments) : null;
            case "prepareStatement" ->
                statement((PreparedStatement) invoke(target, method, arguments), verb((String) arguments[0]));
            default -> invoke(target, method, arguments);
        });
    }

    private @Nullable Object closed(Connection target, Method method) throws Throwable {
        if (!isAlive() && !target.getAutoCommit()) {
            target.rollback();
            target.setAutoCommit(true);
        }
        return invoke(target, method, new Object[0]);
    }

    private PreparedStatement statement(PreparedStatement target, String name) {
        return proxy(
                PreparedStatement.class,
                (proxy, method, arguments) -> method.getName().startsWith("execute")
                        ? withFaults(Call.STATEMENT, name, target, method, arguments)
                        : invoke(target, method, arguments));
    }

    private @Nullable Object withFaults(Call call, String name, Object target, Method method, Object[] arguments)
            throws Throwable {
        Fault fault = calls.next(call, name);
        boolean refused = fault == Fault.FAILS_BEFORE || fault == Fault.BUSY;
        if (refused && call == Call.SQL_COMMIT) {
            // The database has given the transaction up; closing the connection must not commit it after all.
            ((Connection) target).rollback();
        }
        if (fault == Fault.FAILS_BEFORE) {
            throw broken(name);
        }
        if (fault == Fault.BUSY) {
            throw new SQLException("made busy: " + name, "40001");
        }
        Object result = invoke(target, method, arguments);
        if (fault == Fault.FAILS_AFTER) {
            throw broken(name);
        }
        if (fault == Fault.DIES_AFTER) {
            throw calls.die(name);
        }
        return result;
    }

    private static SQLException broken(String name) {
        return new SQLException("made to fail: " + name, "08006");
    }

    private boolean isAlive() {
        try {
            calls.checkAlive("connection");
            return true;
        } catch (NodeDied e) {
            return false;
        }
    }

    /** The statement's first words, to know it by. */
    private static String verb(String sql) {
        return VERBS.computeIfAbsent(sql, FaultyDataSource::firstWords);
    }

    private static String firstWords(String sql) {
        String line =
                sql.replaceFirst("(?s)^select set_config.*?;\\s*", "").strip().replaceAll("\\s+", " ");
        return line.substring(0, Math.min(60, line.length()));
    }

    private static @Nullable Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(FaultyDataSource.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
