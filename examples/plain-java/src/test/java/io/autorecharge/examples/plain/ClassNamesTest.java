package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whoever searches for a class by its name finds one. */
class ClassNamesTest {
    @Test
    void no_two_modules_share_the_name_of_a_class() {
        Collection<String> sources = RepositoryFiles.read(
                        path -> path.endsWith(".java") && path.contains("/src/main/") && isOfAModule(path))
                .keySet();

        assertThat(sources).hasSizeGreaterThan(200);
        assertThat(shared(sources)).isEmpty();
    }

    @Test
    void a_shared_name_is_noticed_and_a_package_comment_is_none() {
        assertThat(shared(List.of(
                        "autorecharge-core/src/main/java/a/Times.java",
                        "autorecharge-core/src/main/java/a/package-info.java",
                        "autorecharge-jdbc/src/main/java/b/package-info.java",
                        "autorecharge-jdbc/src/main/java/b/Times.java",
                        "autorecharge-jdbc/src/main/java/b/Rows.java")))
                .containsExactly("Times is in [autorecharge-core, autorecharge-jdbc]");
    }

    private static boolean isOfAModule(String path) {
        return RepositoryFiles.MODULES.stream().anyMatch(module -> path.startsWith(module + "/"));
    }

    private static List<String> shared(Collection<String> sources) {
        Map<String, TreeSet<String>> modules = new TreeMap<>();
        for (String path : sources) {
            String name = path.substring(path.lastIndexOf('/') + 1, path.length() - ".java".length());
            if (!name.equals("package-info") && !name.equals("module-info")) {
                modules.computeIfAbsent(name, key -> new TreeSet<>()).add(path.substring(0, path.indexOf('/')));
            }
        }
        return modules.entrySet().stream()
                .filter(entry -> entry.getValue().size() > 1)
                .map(entry -> entry.getKey() + " is in " + entry.getValue())
                .toList();
    }
}
