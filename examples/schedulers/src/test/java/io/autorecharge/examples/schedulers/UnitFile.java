package io.autorecharge.examples.schedulers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The settings of a systemd unit by {@code Section.Name}; each may occur once. */
final class UnitFile {
    private final Map<String, String> settings = new HashMap<>();

    UnitFile(Path file) throws IOException {
        String section = "";
        for (String line : Files.readAllLines(file)) {
            int equals = line.indexOf('=');
            if (line.startsWith("[")) {
                section = line.substring(1, line.length() - 1);
            } else if (!line.startsWith("#") && equals > 0) {
                String name = section + "." + line.substring(0, equals);
                if (settings.put(name, line.substring(equals + 1)) != null) {
                    throw new IllegalStateException(file + ": " + name + " occurs twice");
                }
            }
        }
    }

    String get(String name) {
        String value = settings.get(name);
        if (value == null) {
            throw new AssertionError("there is no " + name);
        }
        return value;
    }
}
