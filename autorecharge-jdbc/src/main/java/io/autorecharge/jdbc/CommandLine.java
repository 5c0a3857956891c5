package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Options as {@code --name value} or {@code --name=value}. A flag needs no value: its name alone means true. */
final class CommandLine {
    private final Map<String, String> options = new HashMap<>();

    private CommandLine() {}

    /**
     * @param args the first of which is the command
     * @throws InvalidValueException whose field is the option, as in {@code --dialect}
     */
    static CommandLine parse(String[] args, Set<String> known, Set<String> flags) {
        CommandLine line = new CommandLine();
        for (int i = 1; i < args.length; i++) {
            String[] parts = args[i].split("=", 2);
            String name = parts[0].startsWith("--") ? parts[0].substring(2) : "";
            if (!known.contains(name)) {
                throw new InvalidValueException("option", parts[0], "must be one of " + listed(known));
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
                throw missing(name);
            }
            if (line.options.put(name, value) != null) {
                throw new InvalidValueException("--" + name, "twice", "must be given only once");
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
            throw missing(name);
        }
        return value;
    }

    /** The option for a field of {@link AccountsTable}: {@code --id-column} for {@code idColumn}. */
    static String option(String field) {
        StringBuilder option = new StringBuilder("--");
        field.chars().forEach(c -> {
            if (Character.isUpperCase(c)) {
                option.append('-');
            }
            option.append((char) Character.toLowerCase(c));
        });
        return option.toString();
    }

    private static InvalidValueException missing(String name) {
        return new InvalidValueException("--" + name, null, "must be given");
    }

    private static String listed(Set<String> names) {
        return names.stream().sorted().map(name -> "--" + name).collect(Collectors.joining(", "));
    }
}
