package io.autorecharge.examples.nemesis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Starts Java processes and leaves none behind. All are killed on close and with this process. They end by themselves when their standard
 * input ends, so also when this process is killed. Thread-safe.
 */
final class Children implements AutoCloseable {
    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Path folder;
    private final List<Process> processes = new CopyOnWriteArrayList<>();
    private final Thread hook = new Thread(this::killAll, "children");

    Children(Path folder) {
        this.folder = folder;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** A process, and what it printed after the given prefix when it was ready. */
    record Started(Process process, String said) {}

    /** @param name of its log file */
    Started java(String name, Class<?> program, String ready, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                JAVA,
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx192m",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                program.getName()));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve(name + ".log").toFile()))
                .start();
        processes.removeIf(it -> !it.isAlive());
        processes.add(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        while (line != null && !line.startsWith(ready)) {
            line = out.readLine();
        }
        if (line == null) {
            throw new IOException(name + " ended before it was ready; see " + folder.resolve(name + ".log"));
        }
        return new Started(process, line.substring(ready.length()));
    }

    /** Sends a signal to one process. */
    static void signal(Process process, String signal) throws IOException {
        new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start();
    }

    /** Stops a process and resumes it later, even if this process has ended. */
    static Process pause(Process process, long millis) throws IOException {
        String pid = Long.toString(process.pid());
        return new ProcessBuilder(
                        "sh",
                        "-c",
                        "kill -STOP \"$0\"; sleep \"$1\"; kill -CONT \"$0\"",
                        pid,
                        String.format(java.util.Locale.ROOT, "%.3f", millis / 1000.0))
                .start();
    }

    @Override
    public void close() {
        killAll();
        Runtime.getRuntime().removeShutdownHook(hook);
    }

    private void killAll() {
        processes.forEach(Process::destroyForcibly);
    }
}
