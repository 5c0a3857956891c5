package io.autorecharge.jdbc;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Options as {@code --name value} or {@code --name=value}; of {@code flags} the name alone means true. */
final class CommandLine {
    private final Map<String, String> options = new HashMap<>();

    private CommandLine() {}

    /**
     * @param args of which the first is no option
     * @throws IllegalArgumentException naming the option
     */
    static CommandLine parse(String[] args, Set<String> known, Set<String> flags) {
        CommandLine line = new CommandLine();
        for (int i = 1; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (!known.contains(name)) {
                throw new IllegalArgumentException("there is no option " + parts[0]);
            }
            String value;
            if (parts.length == 2) {
                value = parts[1];
            } else if (flags.contains(name)) {
                value = "true";
            } else if (i + 1 < args.length && !args[i + 1].startsWith("--")) {
                i++;
                value = args[i];
            } else {
                throw new IllegalArgumentException("--" + name + ": a value is missing");
            }
            if (line.options.put(name, value) != null) {
                throw new IllegalArgumentException("--" + name + ": it is given twice");
            }
        }
        return line;
    }

    @Nullable
    String get(String name) {
        return options.get(name);
    }

    String required(String name) {
        String value = options.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("--" + name + ": it is missing");
        }
        return value;
    }
}
