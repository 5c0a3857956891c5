package io.autorecharge.examples.nemesis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.util.Map;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/**
 * Shows the database at one URL. A port of its own leads each node to it, so that the node's network can be cut off, and a process that
 * starts with another URL than the last one, on a server that was started since, would hold all charges as in a copy of the database.
 */
final class OneUrl {
    private static final String URL = "jdbc:postgresql://database/nemesis";

    private OneUrl() {}

    static DataSource of(DataSource real) {
        return changed(DataSource.class, real, Map.of("getConnection", connection -> of((Connection) connection)));
    }

    private static Connection of(Connection real) {
        return changed(
                Connection.class,
                real,
                Map.of("getMetaData", data -> changed(DatabaseMetaData.class, data, Map.of("getURL", url -> URL))));
    }

    /** @param results what is made of the results of some methods */
    private static <T> T changed(Class<T> type, Object real, Map<String, UnaryOperator<Object>> results) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader() == null ? OneUrl.class.getClassLoader() : type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) ->
                        results.getOrDefault(method.getName(), it -> it).apply(passed(real, method, arguments))));
    }

    private static Object passed(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
