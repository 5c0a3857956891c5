package io.autorecharge.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;

/** A database that records the calls of its driver and fails on demand. */
final class WatchedDatabase {
    private final DataSource real;
    private final List<String> calls = Collections.synchronizedList(new ArrayList<>());
    private final AtomicInteger open = new AtomicInteger();
    private final Deque<Failure> failures = new ArrayDeque<>();

    private record Failure(String call, AtomicInteger passes, SQLException exception) {}

    WatchedDatabase(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            if (!method.getName().equals("getConnection")) {
                return invoke(real, method, arguments);
            }
            Connection connection = (Connection) invoke(real, method, arguments);
            open.incrementAndGet();
            return watched(Connection.class, connection);
        });
    }

    /** The calls since the last time, such as {@code Connection.commit}. */
    List<String> takeCalls() {
        synchronized (calls) {
            List<String> taken = List.copyOf(calls);
            calls.clear();
            return taken;
        }
    }

    /** Connections that were opened and not closed. */
    int openConnections() {
        return open.get();
    }

    /** The next such call fails without having an effect; one failure for each time this is called. */
    void failBefore(String call, SQLException exception) {
        failBefore(call, 0, exception);
    }

    /** As {@link #failBefore(String, SQLException)}, after {@code passes} such calls have succeeded. */
    void failBefore(String call, int passes, SQLException exception) {
        synchronized (failures) {
            failures.add(new Failure(call, new AtomicInteger(passes), exception));
        }
    }

    /** Whether a failure is still to come. */
    boolean isArmed() {
        synchronized (failures) {
            return !failures.isEmpty();
        }
    }

    private <T> T watched(Class<T> type, T target) {
        return proxy(type, (proxy, method, arguments) -> {
            String call = type.getSimpleName() + "." + method.getName();
            calls.add(call);
            failIfArmed(call);
            if (call.equals("Connection.close")) {
                open.decrementAndGet();
            }
            Object result = invoke(target, method, arguments);
            if (result instanceof PreparedStatement statement && type == Connection.class) {
                return watched(PreparedStatement.class, statement);
            }
            return result instanceof Statement statement && type == Connection.class
                    ? watched(Statement.class, statement)
                    : result;
        });
    }

    private void failIfArmed(String call) throws SQLException {
        synchronized (failures) {
            if (!failures.isEmpty()
                    && failures.peek().call().equals(call)
                    && failures.peek().passes().getAndDecrement() == 0) {
                throw failures.remove().exception();
            }
        }
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(
                Proxy.newProxyInstance(WatchedDatabase.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
