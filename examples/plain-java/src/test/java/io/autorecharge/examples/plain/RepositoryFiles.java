package io.autorecharge.examples.plain;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Reads the files of the repository for tests of their text, apart from what a build has written. */
final class RepositoryFiles {
    static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();

    /** The modules that are published. */
    static final List<String> MODULES =
            List.of("autorecharge-core", "autorecharge-jdbc", "autorecharge-stripe", "autorecharge-spring-starter");

    private RepositoryFiles() {}

    /** Text by path; paths are relative to the root and have slashes. */
    static Map<String, String> read(Predicate<String> wanted) {
        Map<String, String> texts = new TreeMap<>();
        try (Stream<Path> files = Files.walk(ROOT)) {
            files.filter(Files::isRegularFile).forEach(file -> {
                String path = ROOT.relativize(file).toString().replace('\\', '/');
                if (!isBuilt("/" + path) && wanted.test(path)) {
                    texts.put(path, text(file));
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    private static boolean isBuilt(String path) {
        return path.contains("/target/") || path.startsWith("/.git/") || path.startsWith("/.out/");
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
