package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Connections to the database of a command line. Each call opens a new one through {@link DriverManager}. */
final class CommandConnections implements ConnectionPort {
    /** The environment variable with the database password. Every user of the machine can see arguments. */
    static final String PASSWORD = "AUTO_RECHARGE_DATABASE_PASSWORD";

    private final String url;
    private final Properties login = new Properties();

    private CommandConnections(String url) {
        this.url = url;
    }

    /** @throws InvalidValueException whose field is the option */
    static CommandConnections of(CommandLine line, Map<String, String> environment) {
        String url = line.required("url");
        if (url.toLowerCase(Locale.ROOT).contains("password=")) {
            // The value is a secret here.
            throw new InvalidValueException(
                    "--url", "***", "must not contain a password, which belongs in " + PASSWORD);
        }
        CommandConnections connections = new CommandConnections(url);
        connections.set("user", line.get("user"));
        connections.set("password", environment.get(PASSWORD));
        return connections;
    }

    private void set(String property, @Nullable String value) {
        if (value != null) {
            login.setProperty(property, value);
        }
    }

    @Override
    public @Nullable Connection hostTransaction() {
        return null;
    }

    @Override
    public Connection open() throws SQLException {
        return DriverManager.getConnection(url, login);
    }

    /** Shows no password. */
    @Override
    public String toString() {
        return url;
    }
}
