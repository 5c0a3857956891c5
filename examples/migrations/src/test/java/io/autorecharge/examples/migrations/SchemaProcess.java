package io.autorecharge.examples.migrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.jdbc.DatabaseCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs the {@code schema} command as a user does. Its output has first the statements that may share a transaction, then the others. */
final class SchemaProcess {
    private SchemaProcess() {}

    static List<String> print(List<String> options) throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DatabaseCommand.class.getName(),
                "schema",
                "--dialect",
                "postgresql"));
        line.addAll(options);
        Process process = new ProcessBuilder(line)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String sql = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isZero();
        return List.of(sql.split("(?m)^-- Each of these by itself.*$"));
    }
}
