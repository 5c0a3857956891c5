package io.autorecharge.examples.nemesis;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.regex.Pattern;
import javax.sql.DataSource;

/** Reports to {@link Steps} the statement of the debit, which commits by itself, and the commits of claims and settlements. */
final class SteppedDataSource {
    private static final String DEBIT = "with debit as (";
    // Statements name the tables with their schema.
    private static final Pattern CLAIM = Pattern.compile("insert into \\S*auto_recharge_recharges\\b");
    private static final Pattern ATTEMPT = Pattern.compile("update \\S*auto_recharge_attempts\\b");

    private final DataSource pool;
    private final Steps steps;

    SteppedDataSource(DataSource pool, Steps steps) {
        this.pool = pool;
        this.steps = steps;
    }

    Connection open() throws SQLException {
        return new Watched(pool.getConnection()).connection();
    }

    private final class Watched {
        private final Connection real;
        private boolean claims;
        private boolean settles;
        private String settled;

        Watched(Connection real) {
            this.real = real;
        }

        Connection connection() {
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, this::call);
        }

        private Object call(Object proxy, Method method, Object[] arguments) throws Throwable {
            switch (method.getName()) {
                case "prepareStatement":
                    return prepared((String) arguments[0], (PreparedStatement) passed(real, method, arguments));
                case "commit":
                    return committed(method);
                case "rollback":
                    claims = false;
                    settles = false;
                    settled = null;
                    return passed(real, method, arguments);
                default:
                    return passed(real, method, arguments);
            }
        }

        private PreparedStatement prepared(String sql, PreparedStatement statement) {
            claims |= CLAIM.matcher(sql).find();
            if (ATTEMPT.matcher(sql).find()) {
                settles |= steps.isSettling();
                return attempt(statement);
            }
            return sql.contains(DEBIT) ? debit(statement) : statement;
        }

        private PreparedStatement attempt(PreparedStatement statement) {
            return (PreparedStatement) Proxy.newProxyInstance(
                    PreparedStatement.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    (proxy, method, arguments) -> {
                        if (method.getName().startsWith("set") && steps.isAnswered(arguments[arguments.length - 1])) {
                            settles = true;
                            settled = (String) arguments[arguments.length - 1];
                        }
                        return passed(statement, method, arguments);
                    });
        }

        private Object committed(Method method) throws Throwable {
            boolean claim = claims;
            boolean settlement = settles;
            claims = false;
            settles = false;
            if (claim) {
                steps.reached(Step.D1_BEFORE);
            }
            if (settlement) {
                steps.reached(Step.D2_BEFORE);
            }
            Object nothing = passed(real, method, null);
            if (claim) {
                steps.reached(Step.D1_AFTER);
            }
            if (settlement) {
                steps.settling(false);
                if (settled != null) {
                    steps.forget(settled);
                    settled = null;
                }
                steps.reached(Step.D2_AFTER);
            }
            return nothing;
        }

        private PreparedStatement debit(PreparedStatement statement) {
            return (PreparedStatement) Proxy.newProxyInstance(
                    PreparedStatement.class.getClassLoader(),
                    new Class<?>[] {PreparedStatement.class},
                    (proxy, method, arguments) -> {
                        if (!method.getName().startsWith("execute")) {
                            return passed(statement, method, arguments);
                        }
                        steps.reached(Step.D0_BEFORE);
                        Object result = passed(statement, method, arguments);
                        steps.reached(Step.D0_AFTER);
                        return result;
                    });
        }
    }

    private static Object passed(Object target, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(target, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
