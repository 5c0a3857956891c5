package io.autorecharge.jdbc;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.Map;
import javax.sql.DataSource;

/**
 * A node of the version before, whose tables end with V4. Its classes come from a jar among the test resources, which was compiled once from
 * that version's core and JDBC modules, and are loaded apart from those of this version. It has half a megabyte: a recording of its statements
 * would be smaller, but would not run that version's own code.
 */
final class ReleasedVersion implements AutoCloseable {
    private static final String JAR = "released-v4.jar";

    private final URLClassLoader classes;
    private final Object library;

    /** How often this node sent a charge. */
    int charges;

    /** Whether a look-up finds the payment. */
    boolean listed;

    ReleasedVersion(DataSource database) throws ReflectiveOperationException {
        URL jar = ReleasedVersion.class.getResource(JAR);
        classes = new URLClassLoader(new URL[] {jar}, new OnlyShared());
        Object price = call(null, type("credit.Money"), "of", "9.00", "USD");
        Object pack = create("policy.CreditPackage", 100, price);
        Object packs = java.lang.reflect.Array.newInstance(type("policy.CreditPackage"), 1);
        java.lang.reflect.Array.set(packs, 0, pack);
        Object policy = call(
                null,
                type("policy.RechargePolicy"),
                "ofDefaults",
                call(null, type("policy.PackageCatalog"), "of", packs));
        Object store = call(null, type("jdbc.JdbcStore"), "of", database);
        Object builder = Arrays.stream(type("AutoRecharge").getMethods())
                .filter(it -> it.getName().equals("builder") && it.getParameterCount() == 3)
                .findFirst()
                .orElseThrow()
                .invoke(null, policy, store, gateway());
        call(builder, "chargeImmediately", false);
        library = call(builder, "build");
    }

    /** Shows only what both versions share: the JDK, its SQL types, and the logging API. */
    private static final class OnlyShared extends ClassLoader {
        OnlyShared() {
            super(ReleasedVersion.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith("io.autorecharge.")) {
                throw new ClassNotFoundException(name);
            }
            return super.loadClass(name, resolve);
        }

        @Override
        public URL getResource(String name) {
            return name.startsWith("io/autorecharge/") ? null : super.getResource(name);
        }
    }

    private Object gateway() throws ReflectiveOperationException {
        Class<?> port = type("gateway.Gateway");
        return Proxy.newProxyInstance(classes, new Class<?>[] {port}, (proxy, method, arguments) -> {
            switch (method.getName()) {
                case "charge" -> {
                    charges++;
                    return paid(arguments[0]);
                }
                case "lookUp" -> {
                    return listed
                            ? create("gateway.LookUp$Found", paid(arguments[0]))
                            : create("gateway.LookUp$Absent");
                }
                case "minimumCharge" -> {
                    return call(null, type("credit.Money"), "ofMinor", 1L, arguments[0].toString());
                }
                default -> {
                    return Map.of("hashCode", 1, "equals", false).getOrDefault(method.getName(), null);
                }
            }
        });
    }

    private Object paid(Object request) throws ReflectiveOperationException {
        return create("gateway.Outcome$Paid", "pi_" + call(request, "attempt"), call(request, "amount"));
    }

    /** What the check answered, as text; fails as the check fails. */
    String check(String account) throws ReflectiveOperationException {
        return call(library, "check", account(account)).toString();
    }

    void debit(String account, int credits, String reference) throws ReflectiveOperationException {
        Object amount = call(null, type("credit.Credits"), "of", (long) credits);
        Object debit = Arrays.stream(type("credit.Debit").getMethods())
                .filter(it -> it.getName().equals("of"))
                .findFirst()
                .orElseThrow()
                .invoke(null, account(account), amount, reference, null);
        call(library, "debit", debit);
    }

    /** Processes all due accounts. */
    String runOnce() throws ReflectiveOperationException {
        return call(library, "runOnce").toString();
    }

    private Object account(String id) throws ReflectiveOperationException {
        return call(null, type("credit.AccountId"), "of", id);
    }

    private Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName("io.autorecharge." + name, true, classes);
    }

    private Object create(String name, Object... values) throws ReflectiveOperationException {
        Constructor<?> constructor = Arrays.stream(type(name).getDeclaredConstructors())
                .filter(it -> it.getParameterCount() == values.length)
                .findFirst()
                .orElseThrow();
        return constructor.newInstance(values);
    }

    private static Object call(Object target, String name, Object... values) throws ReflectiveOperationException {
        return call(target, target.getClass(), name, values);
    }

    private static Object call(Object target, Class<?> type, String name, Object... values)
            throws ReflectiveOperationException {
        Method method = Arrays.stream(type.getMethods())
                .filter(it -> it.getName().equals(name) && fits(it, values))
                .findFirst()
                .orElseThrow(() -> new NoSuchMethodException(type + "." + name));
        try {
            return method.invoke(target, values);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw e;
        }
    }

    private static boolean fits(Method method, Object[] values) {
        Class<?>[] types = method.getParameterTypes();
        if (types.length != values.length) {
            return false;
        }
        for (int i = 0; i < types.length; i++) {
            boolean primitive = types[i] == boolean.class && values[i] instanceof Boolean
                    || types[i] == long.class && values[i] instanceof Long
                    || types[i] == int.class && values[i] instanceof Integer;
            if (!primitive && !types[i].isInstance(values[i])) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() throws Exception {
        call(library, "close");
        classes.close();
    }
}
