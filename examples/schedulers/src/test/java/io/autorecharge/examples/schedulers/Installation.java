package io.autorecharge.examples.schedulers;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;

/** The application as the files of this example expect it on a machine, under a folder in the place of that machine's root. */
final class Installation {
    /** Where the files of this example are. */
    static final Path FILES = Path.of("").toAbsolutePath();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path root;
    private final Map<String, String> secrets;

    /** @param settings the value of every line of {@code auto-recharge.env}, and of what only a test sets */
    Installation(Path root, Map<String, String> settings) throws IOException {
        this.root = root;
        this.secrets = new LinkedHashMap<>(settings);
        Files.createDirectories(home());
        Files.createDirectories(root.resolve("etc"));
        Files.createDirectories(log().getParent());
        writeJar(home().resolve("app.jar"));
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

    /** What {@code docker run --env-file} and a Kubernetes secret give the process. */
    Map<String, String> secrets() {
        return secrets;
    }

    /** The same text with every path that is this machine's own in the place of the documented one. */
    String here(String text) {
        return text.replace("/opt/auto-recharge", home().toString())
                .replace(
                        "/etc/auto-recharge.env",
                        root.resolve("etc/auto-recharge.env").toString())
                .replace("/var/log", log().getParent().toString())
                .replace("/usr/bin/java", JAVA);
    }

    /** What the {@code PATH} of a container finds. */
    static String executable(String command) {
        return command.equals("java") ? JAVA : command;
    }

    /** A jar that starts the application by {@code java -jar}, with the classes that this test run has compiled. */
    private static void writeJar(Path jar) throws IOException {
        String classPath = Arrays.stream(
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"))
                                .split(File.pathSeparator))
                .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
                .map(entry -> Path.of(entry).toUri().toString())
                .collect(Collectors.joining(" "));
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Application.class.getName());
        manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
        try (OutputStream out = Files.newOutputStream(jar)) {
            new JarOutputStream(out, manifest).close();
        }
    }
}
