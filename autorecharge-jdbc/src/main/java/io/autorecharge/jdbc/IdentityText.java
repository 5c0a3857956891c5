package io.autorecharge.jdbc;

import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.DatabaseIdentity.Server;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The identity of a database in two columns, as words {@code name=value} that a person can read. What is not known is left out. */
final class IdentityText {
    /** So that all words fit their column. */
    private static final int LONGEST = 200;

    private IdentityText() {}

    /** Null when nothing is known. */
    static @Nullable String ofDatabase(DatabaseIdentity identity) {
        return text("cluster", identity.cluster(), "database", identity.database());
    }

    /** Null when nothing is known. */
    static @Nullable String ofServer(DatabaseIdentity identity) {
        Server server = identity.server();
        return text("url", server.url(), "address", server.address(), "files", server.files(), "run", server.run());
    }

    static DatabaseIdentity read(@Nullable String database, @Nullable String server) {
        Map<String, String> ofDatabase = words(database);
        Map<String, String> ofServer = words(server);
        return new DatabaseIdentity(
                ofDatabase.get("cluster"),
                ofDatabase.get("database"),
                new Server(ofServer.get("url"), ofServer.get("address"), ofServer.get("files"), ofServer.get("run")));
    }

    /** As it is read after it was written. */
    static DatabaseIdentity stored(DatabaseIdentity identity) {
        return read(ofDatabase(identity), ofServer(identity));
    }

    /** What was known, with what is known now: that replaces what is said of the server, and adds to what is said of the database. */
    static DatabaseIdentity seen(DatabaseIdentity before, DatabaseIdentity now) {
        Server was = before.server();
        Server is = now.server();
        return new DatabaseIdentity(
                first(before.cluster(), now.cluster()),
                first(before.database(), now.database()),
                new Server(
                        first(is.url(), was.url()),
                        first(is.address(), was.address()),
                        first(is.files(), was.files()),
                        first(is.run(), was.run())));
    }

    private static @Nullable String first(@Nullable String one, @Nullable String other) {
        return one == null ? other : one;
    }

    private static @Nullable String text(@Nullable String... namesAndValues) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            String value = namesAndValues[i + 1];
            if (value != null) {
                text.append(text.isEmpty() ? "" : " ")
                        .append(namesAndValues[i])
                        .append('=')
                        .append(word(value));
            }
        }
        return text.isEmpty() ? null : text.toString();
    }

    private static String word(String value) {
        String word = value.replaceAll("\\s", "_");
        return word.length() <= LONGEST ? word : word.substring(0, LONGEST);
    }

    private static Map<String, String> words(@Nullable String text) {
        Map<String, String> words = new TreeMap<>();
        if (text != null) {
            for (String word : text.split(" ", -1)) {
                int sign = word.indexOf('=');
                if (sign > 0) {
                    words.put(word.substring(0, sign), word.substring(sign + 1));
                }
            }
        }
        return words;
    }
}
