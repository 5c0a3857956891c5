package io.autorecharge.jdbc;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A PgBouncer in transaction mode, with few sessions, before a database of PostgreSQL. Its configuration is in a temporary folder. */
final class PgBouncerServer implements AutoCloseable {
    private static final List<Path> PLACES = List.of(Path.of("/usr/sbin/pgbouncer"), Path.of("/usr/bin/pgbouncer"));

    private final Process process;
    private final int port;

    private PgBouncerServer(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    static boolean isInstalled() {
        return PLACES.stream().anyMatch(Files::isExecutable);
    }

    /** @param url of the database, as {@code jdbc:postgresql://localhost:1234/name?user=postgres} */
    static PgBouncerServer start(String url, Path folder) throws IOException, InterruptedException {
        String rest = url.substring(url.indexOf("//") + 2);
        String server = rest.substring(rest.indexOf(':') + 1, rest.indexOf('/'));
        String name = rest.substring(rest.indexOf('/') + 1, rest.indexOf('?'));
        int port = freePort();
        Path configuration = folder.resolve("pgbouncer.ini");
        Files.writeString(folder.resolve("users.txt"), "\"postgres\" \"\"\n");
        Files.writeString(configuration, """
                [databases]
                shop = host=127.0.0.1 port=%s dbname=%s user=postgres
                [pgbouncer]
                listen_addr = 127.0.0.1
                listen_port = %d
                unix_socket_dir =
                auth_type = any
                auth_file = %s
                pool_mode = transaction
                default_pool_size = 4
                server_round_robin = 1
                ignore_startup_parameters = extra_float_digits
                """.formatted(server, name, port, folder.resolve("users.txt")));
        Path program = PLACES.stream().filter(Files::isExecutable).findFirst().orElseThrow();
        folder.toFile().setReadable(true, false);
        folder.toFile().setExecutable(true, false);
        Process process = new ProcessBuilder(command(program, configuration))
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("pgbouncer.log").toFile())
                .start();
        PgBouncerServer started = new PgBouncerServer(process, port);
        for (int tries = 0; tries < 200; tries++) {
            if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
                throw new IOException("PgBouncer ended: " + Files.readString(folder.resolve("pgbouncer.log")));
            }
            if (started.answers()) {
                return started;
            }
        }
        process.destroy();
        throw new IOException("PgBouncer does not answer: " + Files.readString(folder.resolve("pgbouncer.log")));
    }

    /** PgBouncer does not run as root. */
    private static List<String> command(Path program, Path configuration) {
        return System.getProperty("user.name").equals("root")
                ? List.of(program.toString(), "-u", "nobody", configuration.toString())
                : List.of(program.toString(), configuration.toString());
    }

    private boolean answers() {
        try (Connection connection = DriverManager.getConnection(url())) {
            return connection.isValid(5);
        } catch (SQLException e) {
            return false;
        }
    }

    private String url() {
        return "jdbc:postgresql://127.0.0.1:" + port + "/shop?user=postgres";
    }

    DataSource dataSource() {
        PGSimpleDataSource dataSource = new PGSimpleDataSource();
        dataSource.setURL(url());
        return dataSource;
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
    }
}
