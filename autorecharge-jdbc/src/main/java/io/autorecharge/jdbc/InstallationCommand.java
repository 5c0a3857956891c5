package io.autorecharge.jdbc;

import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.StoreException;
import java.io.PrintStream;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Who this installation is and what it is bound to, from a command line. */
final class InstallationCommand {
    private final JdbcStore store;
    private final Clock clock;
    private final PrintStream out;

    InstallationCommand(JdbcStore store, Clock clock, PrintStream out) {
        this.store = store;
        this.clock = clock;
        this.out = out;
    }

    /**
     * Binds the installation to the database that it is in. The server is that of the next process that uses it.
     *
     * @param newId null to keep the id
     * @param key the only kind of key that may charge, live or test; null for that of the next process
     */
    int confirm(@Nullable String newId, @Nullable String key) {
        KeyMode mode = key == null ? null : mode(key);
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        InstallationId wanted = newId == null ? null : id(newId);
        InstallationId made =
                wanted == null ? new InstallationId(UUID.randomUUID().toString()) : wanted;
        Installation before = store.installation(new Installation(made, now, null));
        InstallationId id = wanted == null ? before.id() : wanted;
        store.bind(id, new Binding(store.identity().onAnyServer(), mode, now, now));
        out.println(
                "Installation " + id + " is confirmed in this database. Its accounts are charged within a minute, with "
                        + (mode == null ? "the kind of key that the next process has." : "a " + mode + " key only."));
        if (!id.equals(before.id())) {
            out.println(
                    "Before, it was installation " + before.id() + ". Customers of that installation are not charged.");
        }
        return DatabaseCommand.DONE;
    }

    private static KeyMode mode(String written) {
        return switch (written) {
            case "live" -> KeyMode.LIVE;
            case "test" -> KeyMode.TEST;
            default -> throw new InvalidValueException("--key", written, "must be live or test");
        };
    }

    private static InstallationId id(String written) {
        try {
            return new InstallationId(written);
        } catch (InvalidValueException e) {
            throw e.named("--id");
        }
    }

    /** Changes nothing. */
    int describe() {
        Optional<Installation> stored;
        try {
            stored = store.knownInstallation();
        } catch (StoreException e) {
            if (!e.isRefusal()) {
                throw e;
            }
            out.println("This user may not read which installation this is.");
            return DatabaseCommand.DONE;
        }
        if (stored.isEmpty()) {
            out.println("The database was not used yet, so it contains no installation.");
            return DatabaseCommand.DONE;
        }
        out.println("Installation: " + stored.get().id());
        Binding binding = stored.get().binding();
        out.println(binding == null ? "Bound to: nothing yet" : "Bound to: " + described(binding));
        out.println("This database: " + described(store.identity()));
        return DatabaseCommand.DONE;
    }

    private static String described(Binding binding) {
        String key = binding.mode() == null ? "any key" : "a " + binding.mode() + " key";
        return described(binding.identity()) + ", with " + key + ", since " + binding.boundAt() + ", last used "
                + binding.seenAt();
    }

    private static String described(DatabaseIdentity identity) {
        String words = Stream.of(IdentityText.ofDatabase(identity), IdentityText.ofServer(identity))
                .filter(Objects::nonNull)
                .collect(Collectors.joining(" "));
        return words.isEmpty() ? "nothing is known" : words;
    }
}
