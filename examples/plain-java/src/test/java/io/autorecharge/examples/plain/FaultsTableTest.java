package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/faults.md has every row and every report, and what it says of tests is so. */
class FaultsTableTest {
    private static final Path ROOT = Path.of("..", "..");
    private static final int FIRST = 1;
    private static final int LAST = 49;
    private static final int REPORTS = 30;

    private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+) \\|.*$");
    private static final Pattern REPORT_LINE = Pattern.compile("(?m)^\\| [^|]*\\w#\\d+[^|]* \\|.*$");
    private static final Pattern REPORT = Pattern.compile("[\\w./-]*#\\d+");
    private static final Pattern NAME = Pattern.compile("`(\\w+Test)\\.(\\w+)`");

    private final String page = read(ROOT.resolve("docs/faults.md"));
    private final Map<String, String> tests = tests();

    @Test
    void every_row_names_tests_that_begin_with_its_number() {
        Map<Integer, String> rows = new TreeMap<>();
        ROW.matcher(page)
                .results()
                .forEach(it -> rows.merge(Integer.parseInt(it.group(1)), it.group(), String::concat));

        for (int row = FIRST; row <= LAST; row++) {
            assertThat(rows).as("row %d", row).containsKey(row);
            List<MatchResult> names = names(rows.get(row));
            assertThat(names).as("tests of row %d", row).isNotEmpty();
            String number = "(row_|row_\\d+_and_)" + row + "_.*";
            assertThat(names).allSatisfy(it -> assertThat(it.group(2)).matches(number));
        }
    }

    @Test
    void every_test_that_is_named_is_one() {
        assertThat(names(page)).hasSizeGreaterThan(LAST).allSatisfy(it -> {
            assertThat(tests).containsKey(it.group(1));
            assertThat(tests.get(it.group(1)))
                    .containsPattern("@(Test|ParameterizedTest)\\b[^;]*?void " + it.group(2) + "\\(");
        });
    }

    @Test
    void every_test_that_names_a_row_stands_in_the_table() {
        Pattern method = Pattern.compile("void (row_\\d+_\\w+)\\(");
        List<String> named = names(page).stream().map(it -> it.group(2)).toList();
        tests.values()
                .forEach(source -> method.matcher(source)
                        .results()
                        .forEach(it -> assertThat(named).contains(it.group(1))));
    }

    @Test
    void every_report_stands_in_a_test_that_its_line_names() {
        List<String> reports = new ArrayList<>();
        REPORT_LINE.matcher(page).results().map(MatchResult::group).forEach(line -> {
            String sources = names(line).stream()
                    .map(it -> tests.getOrDefault(it.group(1), ""))
                    .collect(Collectors.joining());
            REPORT.matcher(line.split("\\|", -1)[1]).results().forEach(it -> {
                assertThat(sources).as(line).contains(it.group());
                reports.add(it.group());
            });
        });
        assertThat(reports).hasSizeGreaterThanOrEqualTo(REPORTS);
    }

    private static List<MatchResult> names(String text) {
        return NAME.matcher(text).results().toList();
    }

    private static Map<String, String> tests() {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(it -> it.toString().endsWith("Test.java"))
                    .filter(it -> it.toString().replace('\\', '/').contains("/src/test/java/"))
                    .collect(Collectors.toMap(
                            it -> it.getFileName().toString().replace(".java", ""),
                            it -> read(it).replaceAll("\\s+", " "),
                            String::concat));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
