package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Java that the README shows is Java that was compiled, and the tests that it names exist. */
class ReadmeTest {
    private static final Path ROOT = Path.of("..", "..").toAbsolutePath().normalize();
    private static final Pattern JAVA = Pattern.compile("(?ms)^ *```java\\n(.*?)^ *```$");
    private static final Pattern TEST_NAME = Pattern.compile("`(\\w+(?:Test|Contract))(?:\\.(\\w+))?`");

    @Test
    void every_piece_of_java_stands_in_the_examples() throws IOException {
        List<String> sources = sources(ROOT.resolve("examples"), "/src/main/");
        Matcher block = JAVA.matcher(Files.readString(ROOT.resolve("README.md")));
        int blocks = 0;
        while (block.find()) {
            String shown = squeezed(block.group(1));
            assertThat(sources)
                    .as("README: %s", block.group(1))
                    .anySatisfy(source -> assertThat(source).contains(shown));
            blocks++;
        }
        assertThat(blocks).as("pieces of Java in the README").isGreaterThan(2);
    }

    @Test
    void every_test_that_the_guarantees_name_exists() throws IOException {
        List<String> tests = sources(ROOT, "/src/test/");
        for (String page : List.of("docs/guarantees.md")) {
            Matcher name = TEST_NAME.matcher(Files.readString(ROOT.resolve(page)));
            int names = 0;
            while (name.find()) {
                String type = name.group(1);
                String method = name.group(2);
                assertThat(tests).as("%s names %s", page, name.group()).anySatisfy(source -> {
                    assertThat(source).containsPattern("class " + type + "\\b");
                    if (method != null) {
                        assertThat(source).contains(" " + method + "(");
                    }
                });
                names++;
            }
            assertThat(names).as("tests named in %s", page).isGreaterThan(5);
        }
    }

    private static List<String> sources(Path under, String part) throws IOException {
        try (Stream<Path> files = Files.walk(under)) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> file.toString().replace('\\', '/').contains(part))
                    .map(ReadmeTest::read)
                    .map(ReadmeTest::squeezed)
                    .collect(Collectors.toList());
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
