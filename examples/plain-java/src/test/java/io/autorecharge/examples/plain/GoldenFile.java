package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A checked-in text that says how something looked when it was recorded; {@code -Dgolden.write=true} records it again. */
final class GoldenFile {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private final Path path;

    private GoldenFile(Path path) {
        this.path = path;
    }

    static GoldenFile of(String name) {
        return new GoldenFile(FOLDER.resolve(name));
    }

    static boolean isRecording() {
        return Boolean.getBoolean("golden.write");
    }

    String text() {
        try {
            return Files.readString(path).replace("\r\n", "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(path + " is missing; it is recorded with -Dgolden.write=true", e);
        }
    }

    void mustBe(String actual) {
        if (isRecording()) {
            record(actual);
        }
        assertThat(actual)
                .as("What is stored and sent is never renamed; nodes, books and databases of before hold it: " + path)
                .isEqualTo(text());
    }

    private void record(String actual) {
        try {
            Files.createDirectories(FOLDER);
            Files.writeString(path, actual);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
