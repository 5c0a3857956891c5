package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Names that were replaced do not come back. The words are in {@code retired-words.txt}. */
class RetiredWordsTest {
    private static final String EVERYWHERE = "everywhere";
    private static final List<String> ENDINGS =
            List.of(".java", ".md", ".properties", ".yaml", ".yml", ".json", "pom.xml");

    private final Map<String, Set<String>> words = new LinkedHashMap<>();
    private final Map<String, String> exceptions = new LinkedHashMap<>();

    RetiredWordsTest() throws IOException {
        try (InputStream list = RetiredWordsTest.class.getResourceAsStream("/retired-words.txt")) {
            String text = new String(list.readAllBytes(), StandardCharsets.UTF_8);
            text.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).forEach(this::read);
        }
    }

    private void read(String line) {
        List<String> parts = List.of(line.split(" +"));
        if (parts.get(0).equals("except")) {
            exceptions.put(parts.get(1), line);
        } else {
            words.computeIfAbsent(parts.get(0), key -> new LinkedHashSet<>()).addAll(parts.subList(1, parts.size()));
        }
    }

    @Test
    void no_file_uses_a_retired_word() {
        Map<String, String> files = RepositoryFiles.read(path -> ENDINGS.stream().anyMatch(path::endsWith));

        assertThat(files).hasSizeGreaterThan(500);
        assertThat(uses(files)).isEmpty();
    }

    @Test
    void the_list_names_modules_and_its_exceptions_are_needed_and_have_a_reason() {
        assertThat(words.keySet()).contains(EVERYWHERE).isSubsetOf(union(RepositoryFiles.MODULES, EVERYWHERE));
        Map<String, String> files = RepositoryFiles.read(exceptions::containsKey);
        assertThat(files.keySet()).isEqualTo(Set.copyOf(exceptions.keySet()));
        files.forEach((path, text) ->
                assertThat(everywhere().matcher(text).find()).as(path).isTrue());
        assertThat(exceptions.values()).allMatch(line -> line.split(" +").length > 5);
    }

    @Test
    void a_retired_word_is_noticed_as_a_name_and_an_ordinary_word_is_none() {
        assertThat(uses(Map.of("docs/a.md", "A `LedgerElsewhere` is a ledger."))).hasSize(1);
        assertThat(uses(Map.of("docs/a.md", "autorecharge.least-amount=5"))).hasSize(1);
        assertThat(uses(Map.of("a/A.java", "new TakeBacks(tx)"))).hasSize(1);
        assertThat(uses(Map.of("autorecharge-core/src/A.java", "final class Run {"))).hasSize(1);
        assertThat(uses(Map.of("autorecharge-core/src/A.java", "record Visit(int a) {"))).hasSize(1);
        assertThat(uses(Map.of("autorecharge-jdbc/src/A.java", "sealed interface Row {"))).hasSize(1);

        assertThat(uses(Map.of("docs/a.md", "Run it once. Each row of a page is a session.")))
                .isEmpty();
        assertThat(uses(Map.of("autorecharge-jdbc/src/A.java", "final class Run { }")))
                .isEmpty();
        assertThat(uses(Map.of("autorecharge-core/src/A.java", "/** The class Run was renamed. */ class Runner {")))
                .isEmpty();
        assertThat(uses(Map.of("CHANGELOG.md", "`OpenRecharge` is now `RechargeWithAttempt`")))
                .isEmpty();
    }

    private List<String> uses(Map<String, String> files) {
        List<String> found = new ArrayList<>();
        files.forEach((path, text) -> {
            if (!exceptions.containsKey(path) && !path.endsWith("RetiredWordsTest.java")) {
                collect(found, path, everywhere().matcher(text));
            }
            words.forEach((module, names) -> {
                if (path.startsWith(module + "/") && path.endsWith(".java")) {
                    collect(found, path, declaration(names).matcher(withoutComments(text)));
                }
            });
        });
        return found;
    }

    private static void collect(List<String> found, String path, Matcher matcher) {
        while (matcher.find()) {
            found.add(path + ": " + matcher.group());
        }
    }

    private Pattern everywhere() {
        return Pattern.compile("(?<![\\w-])(?:" + anyOf(words.get(EVERYWHERE)) + ")(?![\\w-])");
    }

    private static Pattern declaration(Set<String> names) {
        return Pattern.compile("\\b(?:class|interface|record|enum) (?:" + anyOf(names) + ")\\b");
    }

    private static String anyOf(Set<String> names) {
        return names.stream().map(Pattern::quote).collect(Collectors.joining("|"));
    }

    private static String withoutComments(String source) {
        return source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)//.*$", "");
    }

    private static Set<String> union(List<String> some, String one) {
        Set<String> all = new LinkedHashSet<>(some);
        all.add(one);
        return all;
    }
}
