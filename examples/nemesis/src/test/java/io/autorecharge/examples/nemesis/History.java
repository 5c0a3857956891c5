package io.autorecharge.examples.nemesis;

import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What one node observed, line by line, in a file that its later processes continue. A line is one write to the operating system, which
 * keeps it when the process ends. Thread-safe.
 */
final class History {
    private final FileOutputStream out;

    History(Path file) throws IOException {
        out = new FileOutputStream(file.toFile(), true);
    }

    void write(String... words) {
        byte[] line = (String.join(" ", words) + "\n").getBytes(StandardCharsets.UTF_8);
        synchronized (this) {
            try {
                out.write(line);
            } catch (IOException e) {
                throw new UncheckedIOException("the history cannot be written", e);
            }
        }
    }

    /** The words of every line; empty when there is no such file yet. */
    static List<String[]> read(Path file) {
        try {
            return Files.exists(file)
                    ? Files.readAllLines(file).stream()
                            .map(line -> line.split(" "))
                            .toList()
                    : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be read", e);
        }
    }
}
