package io.autorecharge.jdbc;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/**
 * A database that lists its round trips in words: a statement by verb and table, and every commit. Changes of the session (auto-commit,
 * isolation) are not listed; MariaDB takes a round trip for each. Thread-safe.
 */
final class RoundTrips {
    private static final Pattern TABLE = Pattern.compile(
            "\\b(?:insert into|update|delete from|from)\\s+(?:[\"`]\\w+[\"`]\\.)?[\"`]?(\\w+)",
            Pattern.CASE_INSENSITIVE);

    private static final Pattern LOCK =
            Pattern.compile("\\bfor (?:no key )?update\\b|\\bfor share\\b|\\block in share mode\\b");

    private final DataSource real;
    private final List<String> trips = Collections.synchronizedList(new ArrayList<>());

    RoundTrips(DataSource real) {
        this.real = real;
    }

    DataSource dataSource() {
        return proxy(DataSource.class, (proxy, method, arguments) -> {
            Object result = invoke(real, method, arguments);
            return result instanceof Connection connection ? counted(connection) : result;
        });
    }

    /** A line of the caller's own between two round trips. */
    void mark(String line) {
        trips.add(line);
    }

    /** The round trips since the last time, in their order. */
    List<String> take() {
        synchronized (trips) {
            List<String> taken = List.copyOf(trips);
            trips.clear();
            return taken;
        }
    }

    private Connection counted(Connection connection) {
        return proxy(Connection.class, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "commit", "rollback" -> trips.add(method.getName());
                default -> {}
            }
            Object result = invoke(connection, method, arguments);
            return result instanceof PreparedStatement statement
                    ? counted(statement, words((String) arguments[0]))
                    : result;
        });
    }

    private PreparedStatement counted(PreparedStatement statement, String words) {
        return proxy(PreparedStatement.class, (proxy, method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                trips.add(words);
            }
            return invoke(statement, method, arguments);
        });
    }

    private static String words(String sql) {
        String own = sql.replaceFirst("(?s)^select set_config.*?;\\s*|^set statement .*? for (?=\\w)", "");
        String verb = own.strip().split("\\s+", 2)[0];
        Matcher table = TABLE.matcher(own);
        String lock = LOCK.matcher(own).find() ? ", locked" : "";
        return verb + " " + (table.find() ? table.group(1).replace("auto_recharge_", "") : "?") + lock;
    }

    private static Object invoke(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }

    private static <T> T proxy(Class<T> type, InvocationHandler handler) {
        return type.cast(Proxy.newProxyInstance(RoundTrips.class.getClassLoader(), new Class<?>[] {type}, handler));
    }
}
