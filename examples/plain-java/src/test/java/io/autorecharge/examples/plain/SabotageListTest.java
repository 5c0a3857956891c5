package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** A guard that is to be broken on purpose, by {@code .ci/sabotage}, must still be where {@code .ci/sabotage.txt} says. */
class SabotageListTest {
    private static final Pattern ENTRY = Pattern.compile("(?m)^(\\S+ .+)\\nin (.+)\\ndo (.+)\\nrun (\\S+) (.+)$");
    private static final Path SED = Path.of("/bin/sed");

    private record Entry(String guard, Path file, String change, String module, List<String> tests) {}

    @Test
    void every_guard_is_found_in_its_file() throws Exception {
        assumeTrue(Files.isExecutable(SED), "SKIPPED: there is no " + SED + ", which .ci/sabotage changes files with");
        List<String> lost = new ArrayList<>();
        for (Entry entry : entries()) {
            String before = Files.readString(entry.file());
            if (changed(entry).equals(before)) {
                lost.add(entry.guard() + " in " + entry.file().getFileName());
            }
        }
        assertThat(lost).isEmpty();
    }

    @Test
    void every_test_that_must_see_a_broken_guard_exists() throws IOException {
        List<String> lost = new ArrayList<>();
        for (Entry entry : entries()) {
            Path tests = RepositoryFiles.ROOT.resolve(entry.module()).resolve("src/test/java");
            for (String test : entry.tests()) {
                if (!Files.exists(tests.resolve(test.replace('.', '/') + ".java"))) {
                    lost.add(test + " for: " + entry.guard());
                }
            }
        }
        assertThat(lost).isEmpty();
    }

    private static List<Entry> entries() throws IOException {
        String list = Files.readString(RepositoryFiles.ROOT.resolve(".ci/sabotage.txt"));
        List<Entry> entries = new ArrayList<>();
        Matcher found = ENTRY.matcher(list);
        while (found.find()) {
            entries.add(new Entry(
                    found.group(1),
                    RepositoryFiles.ROOT.resolve(found.group(2)),
                    found.group(3),
                    found.group(4),
                    List.of(found.group(5).strip().split(" +"))));
        }
        long described = list.lines().filter(line -> line.startsWith("do ")).count();
        assertThat(entries)
                .as("entries with all four lines")
                .hasSize((int) described)
                .isNotEmpty();
        return entries;
    }

    private static String changed(Entry entry) throws IOException, InterruptedException {
        Process sed = new ProcessBuilder(
                        SED.toString(), "-E", entry.change(), entry.file().toString())
                .redirectErrorStream(true)
                .start();
        String text = new String(sed.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(sed.waitFor()).as("%s: %s", entry.guard(), text).isZero();
        return text;
    }
}
