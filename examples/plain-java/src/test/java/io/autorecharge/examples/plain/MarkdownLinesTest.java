package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Documentation is read in a terminal and in reviews too. */
class MarkdownLinesTest {
    private static final int LONGEST = 159;

    @Test
    void every_line_of_the_documentation_is_under_160_characters() {
        Map<String, String> pages = RepositoryFiles.read(path -> path.endsWith(".md"));

        assertThat(pages).containsKeys("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "docs/guarantees.md");
        assertThat(longLines(pages)).isEmpty();
    }

    @Test
    void a_longer_line_is_found_with_its_place() {
        Map<String, String> pages = Map.of("a.md", "x".repeat(159) + "\n" + "x".repeat(160) + "\n");

        assertThat(longLines(pages)).containsExactly("a.md:2 has 160 characters");
    }

    private static List<String> longLines(Map<String, String> pages) {
        List<String> found = new ArrayList<>();
        pages.forEach((path, text) -> {
            List<String> lines = text.lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                int length = lines.get(i).codePointCount(0, lines.get(i).length());
                if (length > LONGEST) {
                    found.add(path + ":" + (i + 1) + " has " + length + " characters");
                }
            }
        });
        return found;
    }
}
