package io.autorecharge.examples.schedulers;

import io.autorecharge.examples.plain.RunnableJar;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The application, installed as the files of this example expect it, below a folder that replaces the root directory. */
final class Installation {
    /** Where the files of this example are. */
    static final Path FILES = Path.of("").toAbsolutePath();

    private final Path root;
    private final Map<String, String> secrets;

    /** @param settings a value for each line of {@code auto-recharge.env}, and further settings of a test */
    Installation(Path root, Map<String, String> settings) throws IOException {
        this.root = root;
        this.secrets = new LinkedHashMap<>(settings);
        Files.createDirectories(home());
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(log().getParent());
        RunnableJar.write(home().resolve("app.jar"), Application.class);
        for (String line : Files.readAllLines(FILES.resolve("auto-recharge.env"))) {
            String name = line.substring(0, Math.max(0, line.indexOf('=')));
            if (!line.startsWith("#") && !settings.containsKey(name)) {
                throw new IllegalStateException("auto-recharge.env: no value for the line " + line);
            }
        }
        Files.writeString(
                root.resolve("etc/auto-recharge.env"),
                secrets.entrySet().stream()
                        .map(setting -> setting.getKey() + "='" + setting.getValue() + "'\n")
                        .collect(Collectors.joining()));
    }

    Path home() {
        return root.resolve("opt/auto-recharge");
    }

    Path log() {
        return root.resolve("var/log/auto_recharge.log");
    }

    /** The environment that {@code docker run --env-file} and a Kubernetes secret provide. */
    Map<String, String> secrets() {
        return secrets;
    }

    /** The text with local paths instead of the documented ones. */
    String here(String text) {
        return text.replace("/opt/auto-recharge", home().toString())
                .replace(
                        "/etc/auto-recharge.env",
                        root.resolve("etc/auto-recharge.env").toString())
                .replace("/var/log", log().getParent().toString())
                .replace("/usr/bin/java", RunnableJar.JAVA);
    }

    /** The executable that the {@code PATH} of a container finds. */
    static String executable(String command) {
        return command.equals("java") ? RunnableJar.JAVA : command;
    }
}
