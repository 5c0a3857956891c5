package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The code of docs/testing.md is the code of these tests, and its dependencies are those of this module. */
class TestingPageTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "testing.md");
    private static final Pattern JAVA = Pattern.compile("(?ms)^```java\\n(.*?)^```$");
    private static final Pattern XML = Pattern.compile("(?ms)^```xml\\n(.*?)^```$");
    private static final Pattern DEPENDENCY = Pattern.compile("(?s)<dependency>.*?</dependency>");

    @Test
    void every_piece_of_java_is_part_of_a_test() throws IOException {
        List<String> sources = new ArrayList<>();
        try (Stream<Path> files = Files.walk(Path.of("src", "test", "java"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                sources.add(squeezed(Files.readString(file)));
            }
        }
        List<String> blocks = blocks(JAVA);

        assertThat(blocks)
                .hasSizeGreaterThan(5)
                .allSatisfy(block -> assertThat(sources)
                        .as(block)
                        .anySatisfy(source -> assertThat(source).contains(squeezed(block))));
    }

    @Test
    void every_dependency_is_one_of_this_module() throws IOException {
        String pom = squeezed(Files.readString(Path.of("pom.xml")));
        List<String> dependencies = new ArrayList<>();
        for (String block : blocks(XML)) {
            DEPENDENCY.matcher(block).results().map(MatchResult::group).forEach(dependencies::add);
        }

        assertThat(dependencies)
                .hasSizeGreaterThan(4)
                .allSatisfy(it -> assertThat(pom).contains(squeezed(it.replaceAll("<version>.*</version>", ""))));
    }

    @Test
    void no_line_is_longer_than_160_characters() throws IOException {
        assertThat(Files.readAllLines(PAGE)).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(160));
    }

    private static List<String> blocks(Pattern language) throws IOException {
        return language.matcher(Files.readString(PAGE))
                .results()
                .map(it -> it.group(1))
                .toList();
    }

    private static String squeezed(String text) {
        return text.replaceAll("\\s+", " ").strip();
    }
}
