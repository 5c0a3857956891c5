package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Applies the diff of the README in reverse to the current files. */
final class ReadmeDiff {
    private static final Pattern BLOCK = Pattern.compile("```diff\\R(.*?)```", Pattern.DOTALL);
    private static final Pattern HUNK = Pattern.compile("@@ -\\d+(?:,\\d+)? \\+(\\d+)(?:,\\d+)? @@.*");

    private ReadmeDiff() {}

    /** The changed files as they were before; fails if the diff does not match the current files. */
    static Map<String, String> before(Path module) throws IOException {
        Map<String, String> before = new LinkedHashMap<>();
        Matcher block = BLOCK.matcher(Files.readString(module.resolve("README.md")));
        while (block.find()) {
            List<String> diff = block.group(1).lines().toList();
            assertThat(diff.get(0)).startsWith("--- a/");
            String name = diff.get(1).substring("+++ b/".length());
            List<String> now = Files.readAllLines(module.resolve(name));
            before.put(name, String.join("\n", reversed(name, diff.subList(2, diff.size()), now)) + "\n");
        }
        return before;
    }

    private static List<String> reversed(String name, List<String> diff, List<String> now) {
        List<String> before = new ArrayList<>();
        int next = 0;
        for (String line : diff) {
            Matcher hunk = HUNK.matcher(line);
            if (hunk.matches()) {
                int start = Integer.parseInt(hunk.group(1)) - 1;
                before.addAll(now.subList(next, start));
                next = start;
            } else if (line.startsWith("-")) {
                before.add(line.substring(1));
            } else {
                String text = line.isEmpty() ? "" : line.substring(1);
                assertThat(now.get(next)).as("%s, line %d", name, next + 1).isEqualTo(text);
                next++;
                if (!line.startsWith("+")) {
                    before.add(text);
                }
            }
        }
        before.addAll(now.subList(next, now.size()));
        return before;
    }
}
