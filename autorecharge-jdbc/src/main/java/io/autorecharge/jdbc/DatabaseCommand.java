package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Range;
import io.autorecharge.store.StoreException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Manages the library's tables from a command line. {@code schema} prints the SQL that creates them, {@code migrate} creates or upgrades them,
 * {@code check} lists what is missing, and {@code verify} lists violated invariants, one per line ({@link Verification}). {@code pause} stops
 * all charges on all nodes, {@code resume} ends that, and {@code status} tells what is in force. {@code confirm} says that a database is not a
 * copy. Without arguments it prints its help.
 *
 * <p>Exit codes: 0 for success, 1 if the database fails or lacks something, 2 for wrong arguments, 3 if an invariant is violated. The migration
 * logs through SLF4J. An SLF4J provider and the driver must be on the class path.
 */
public final class DatabaseCommand {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int MISUSED = 2;
    static final int VIOLATED = 3;

    private static final String HELP = """
            usage: schema  --dialect postgresql|h2|mariadb [--from VERSION] [tables] [accounts]
                   migrate --url JDBC_URL [--user NAME] [tables] [accounts]
                   check   --url JDBC_URL [--user NAME] [tables] [accounts]
                   verify  --url JDBC_URL [--user NAME] [tables] [accounts]
                   pause   --url JDBC_URL [--user NAME] [tables] --reason TEXT --actor NAME
                   resume  --url JDBC_URL [--user NAME] [tables] --actor NAME [accounts]
                   status  --url JDBC_URL [--user NAME] [tables]
                   lift    --url JDBC_URL [--user NAME] [tables] --actor NAME
                   confirm --url JDBC_URL [--user NAME] [tables] [--key live|test] [--id ID]

            schema   prints the SQL of the tables; with --from only this version and later ones
            migrate  creates or upgrades the tables; can run any number of times
            check    lists what is missing and what can stand in the way, tells which installation this is, and changes nothing
            verify   lists violated invariants by account, and changes nothing
            pause    stops all charges, on every node; names the charges that are under way
            resume   ends the stop, and makes the accounts due that it held
            lift     frees the limits of money over all accounts for the rest of the hour and day
            status   tells whether charges are stopped, by whom and why, and which installation this is; changes nothing
            confirm  says that the accounts of this database are to be charged, although it may be a copy, or the key is of another kind;
                     with --key only while the key is of that kind; with --id as an installation of its own, which charges no customer
                     of the original

            The password is read from the environment variable AUTO_RECHARGE_DATABASE_PASSWORD.

            tables, the same as in the application:
              --schema NAME            the schema of the library's tables (default: the connection's current schema)
              --table-prefix PREFIX    what the names of the library's tables begin with (default: nothing)

            accounts, if they are in a table of your own (default: credit_accounts, which is created):
              --table NAME             the table; may begin with its schema and a dot
              --id-column NAME         the primary key
              --id-type TYPE           text, integer, bigint or uuid
              --balance-column NAME    the credits
              --balance-type TYPE      integer, bigint, numeric, numeric(12,2) or double precision
              --email-column NAME      the email addresses, optional
              --foreign-key            add a foreign key from the ledger to the table
            """;

    private final Map<String, String> environment;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    DatabaseCommand(Map<String, String> environment, Clock clock, PrintStream out, PrintStream err) {
        this.environment = environment;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    /** Runs one command and ends the process. */
    public static void main(String[] args) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(new DatabaseCommand(System.getenv(), Clock.systemUTC(), out, err).run(args));
    }

    int run(String... args) {
        try {
            return command(args);
        } catch (InvalidValueException e) {
            err.println(shown(e));
            err.println("Run without arguments to list all options.");
            return MISUSED;
        } catch (IllegalStateException e) {
            // The tables are not as the library needs them.
            err.println(e.getMessage());
            return FAILED;
        } catch (StoreException e) {
            err.println("The database failed: " + causes(e));
            return FAILED;
        }
    }

    private static String shown(InvalidValueException e) {
        String refusal = e.field() + " " + e.rule();
        // The value of a missing argument.
        return e.value().equals("null") ? refusal : refusal + ": " + e.value();
    }

    private int command(String... args) {
        String command = args.length == 0 ? "help" : args[0];
        switch (command) {
            case "schema" -> {
                return schema(parsed(args, Set.of("dialect", "from")));
            }
            case "migrate" -> {
                migrator(parsed(args, Set.of("url", "user"))).migrate();
                out.println("The tables are at version " + SchemaFile.NEWEST + ".");
                return DONE;
            }
            case "check" -> {
                return check(parsed(args, Set.of("url", "user")));
            }
            case "verify" -> {
                return verify(parsed(args, Set.of("url", "user")));
            }
            case "pause" -> {
                CommandLine line = parsed(args, Set.of("url", "user", "reason", "actor"));
                return pauses(line).pause(line.required("reason"), line.required("actor"));
            }
            case "resume" -> {
                CommandLine line = parsed(args, Set.of("url", "user", "actor"));
                return pauses(line).resume(line.required("actor"));
            }
            case "lift" -> {
                CommandLine line = parsed(args, Set.of("url", "user", "actor"));
                return pauses(line).lift(line.required("actor"));
            }
            case "status" -> {
                CommandLine line = parsed(args, Set.of("url", "user"));
                pauses(line).status();
                return installation(line).describe();
            }
            case "confirm" -> {
                CommandLine line = parsed(args, Set.of("url", "user", "id", "key"));
                return installation(line).confirm(line.get("id"), line.get("key"));
            }
            case "help", "--help", "-h" -> {
                out.print(HELP);
                return DONE;
            }
            default ->
                throw new InvalidValueException(
                        "command",
                        command,
                        "must be one of schema, migrate, check, verify, pause, resume, lift, status, confirm, help");
        }
    }

    private static CommandLine parsed(String[] args, Set<String> own) {
        Set<String> known = new HashSet<>(own);
        known.addAll(AccountsTableSettings.NAMES);
        return CommandLine.parse(args, known, Set.of(AccountsTableSettings.FOREIGN_KEY));
    }

    private static AccountsTable accounts(CommandLine line) {
        try {
            return AccountsTableSettings.read(line::get);
        } catch (InvalidValueException e) {
            throw e.named(CommandLine.option(e.field()));
        }
    }

    private int schema(CommandLine line) {
        out.print(new SchemaScript(dialect(line.required("dialect")), accounts(line), from(line.get("from"))).text());
        return DONE;
    }

    private static Dialect dialect(String name) {
        return Arrays.stream(Dialect.values())
                .filter(dialect -> dialect.folder().equals(name))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "--dialect",
                        name,
                        "must be one of "
                                + Arrays.stream(Dialect.values())
                                        .map(Dialect::folder)
                                        .collect(Collectors.joining(", "))));
    }

    private static int from(@Nullable String version) {
        try {
            int from = version == null ? 1 : Integer.parseInt(version);
            return Range.between("--from", from, 1, SchemaFile.NEWEST);
        } catch (NumberFormatException e) {
            throw new InvalidValueException("--from", version, "must be a version number");
        }
    }

    private int check(CommandLine line) {
        Migrator migrator = migrator(line);
        migrator.check();
        out.println("The schema is complete.");
        installation(line).describe();
        List<SchemaObstacle> obstacles = migrator.obstacles();
        obstacles.forEach(obstacle -> out.println((obstacle.certain() ? "REFUSED: " : "WARNING: ") + obstacle));
        if (obstacles.stream().anyMatch(SchemaObstacle::certain)) {
            err.println("The database user cannot write what auto-recharge has to write.");
            return FAILED;
        }
        return DONE;
    }

    private int verify(CommandLine line) {
        AccountsTable accounts = accounts(line);
        ConnectionPort connections = CommandConnections.of(line, environment);
        VerificationReport report = Verification.create(connections, Dialect.detect(connections), accounts)
                .verify(clock.instant());
        report.violations().forEach(out::println);
        if (report.isClean()) {
            out.println("Every invariant holds.");
            return DONE;
        }
        err.println("Violations: " + report.count() + ", listed: "
                + report.violations().size() + ".");
        return VIOLATED;
    }

    private PauseCommand pauses(CommandLine line) {
        return new PauseCommand(store(line), clock, out, err);
    }

    private InstallationCommand installation(CommandLine line) {
        return new InstallationCommand(store(line), clock, out);
    }

    private JdbcStore store(CommandLine line) {
        AccountsTable accounts = accounts(line);
        ConnectionPort connections = CommandConnections.of(line, environment);
        return JdbcStore.forOperator(connections, Dialect.detect(connections), accounts);
    }

    private Migrator migrator(CommandLine line) {
        AccountsTable accounts = accounts(line);
        ConnectionPort connections = CommandConnections.of(line, environment);
        return Migrator.create(connections, Dialect.detect(connections), accounts);
    }

    private static String causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .map(Throwable::getMessage)
                .filter(Objects::nonNull)
                .distinct()
                .collect(Collectors.joining(": "));
    }
}
