package io.autorecharge.examples.nemesis;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A PostgreSQL that writes through to the disk, as in production, and can be restarted as by an operator or a crash. */
final class Postgres implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** How the server stops: orderly, or as in a crash, with recovery from its log at the next start. */
    enum Mode {
        FAST,
        IMMEDIATE
    }

    private final Path folder;
    private final EmbeddedPostgres server;
    private final Path binaries;
    private final Process watchdog;

    Postgres(Path folder) throws IOException {
        this.folder = folder;
        this.server = EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("full_page_writes", "on")
                .setPGStartupWait(PATIENCE)
                .start();
        this.binaries = ProcessHandle.of(postmaster())
                .flatMap(it -> it.info().command())
                .map(it -> Path.of(it).getParent())
                .orElseThrow(() -> new IOException("PostgreSQL's program was not found"));
        // If this process is killed, only the watchdog stops the server.
        this.watchdog = new ProcessBuilder(
                        "sh",
                        "-c",
                        "read line; [ -f \"$0/postmaster.pid\" ] && kill -QUIT \"$(head -1 \"$0/postmaster.pid\")\"; exit 0",
                        folder.toString())
                .start();
    }

    int port() {
        return server.getPort();
    }

    void create(String database) throws SQLException {
        execute("create database " + database);
    }

    DataSource database(String name) {
        return server.getDatabase("postgres", name);
    }

    void execute(String sql) throws SQLException {
        try (Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** Restarts the server with the same settings; returns when it accepts connections. */
    void restart(Mode mode) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (System.getProperty("user.name").equals("root")) {
            // PostgreSQL refuses to run as root; in its own user namespace no process is root.
            command.addAll(List.of("unshare", "-U"));
        }
        command.addAll(List.of(
                binaries.resolve("pg_ctl").toString(),
                "restart",
                "-w",
                "-m",
                mode.name().toLowerCase(java.util.Locale.ROOT),
                "-D",
                folder.toString()));
        Process control = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolveSibling("postgres.log").toFile()))
                .start();
        if (!control.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS) || control.exitValue() != 0) {
            throw new IOException("PostgreSQL did not restart; see " + folder.resolveSibling("postgres.log"));
        }
    }

    private long postmaster() throws IOException {
        return Long.parseLong(
                Files.readAllLines(folder.resolve("postmaster.pid")).get(0).trim());
    }

    @Override
    public void close() throws IOException {
        server.close();
        watchdog.destroy();
    }
}
