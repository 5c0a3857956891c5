package io.autorecharge.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A numbered schema file of the jar. Every statement stands under a comment that names what it makes, and can run twice.
 *
 * @param version its number
 * @param name its file name
 */
record SchemaFile(int version, String name) {
    /** All of them, oldest first. */
    static final List<SchemaFile> ALL =
            List.of(new SchemaFile(1, "V1__tables.sql"), new SchemaFile(4, "V4__reversals.sql"));

    /** The version that this library works with. */
    static final int NEWEST = ALL.get(ALL.size() - 1).version();

    private static final Pattern STEP = Pattern.compile("(?m)^-- ('.+)\\R([^;]+);");

    List<SchemaStep> steps(Dialect dialect) {
        return STEP.matcher(text(dialect.folder() + "/" + name))
                .results()
                .map(step -> new SchemaStep(step.group(1).strip(), step.group(2).strip()))
                .toList();
    }

    private static String text(String path) {
        try (InputStream in = SchemaFile.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException("schema file is missing in the jar: " + path);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
