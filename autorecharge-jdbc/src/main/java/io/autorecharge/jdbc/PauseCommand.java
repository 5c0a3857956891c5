package io.autorecharge.jdbc;

import io.autorecharge.credit.Text;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import java.io.PrintStream;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** The stop for everything from a command line, for when no application is at hand. */
final class PauseCommand {
    private final JdbcStore store;
    private final Clock clock;
    private final PrintStream out;
    private final PrintStream err;

    PauseCommand(JdbcStore store, Clock clock, PrintStream out, PrintStream err) {
        this.store = store;
        this.clock = clock;
        this.out = out;
        this.err = err;
    }

    int pause(String reason, String actor) {
        PauseReport report =
                store.pause(new Pause(reason, actor, clock.instant().truncatedTo(ChronoUnit.MICROS)));
        out.println("All charges are stopped. " + underWay(report.underWay()));
        if (report.complete()) {
            return DatabaseCommand.DONE;
        }
        err.println(
                "A node holds a claim that began before the stop, so a charge more may be under way. Run this again.");
        return DatabaseCommand.FAILED;
    }

    private static String underWay(int charges) {
        return switch (charges) {
            case 0 -> "No charge is under way.";
            case 1 -> "One charge is under way, and will be settled.";
            default -> charges + " charges are under way, and will be settled.";
        };
    }

    int resume(String actor) {
        Text.require("actor", actor);
        if (!store.resume()) {
            out.println("Charges were not stopped.");
            return DatabaseCommand.DONE;
        }
        // The policy is not known here. An account that is due too early is only decided again.
        int due = store.sweep(true, clock.instant());
        out.println("Charges go on. Accounts that are due now: " + due + ".");
        return DatabaseCommand.DONE;
    }

    int lift(String actor) {
        Text.require("actor", actor);
        store.forgetSpending();
        out.println(
                "The limits over all accounts are free again. Accounts that they hold are charged within 15 minutes.");
        return DatabaseCommand.DONE;
    }

    int status() {
        Optional<Pause> pause = store.pause();
        out.println(
                pause.map(it -> "Charges are stopped since " + it.since() + " by " + it.actor() + ": " + it.reason())
                        .orElse("Charges are not stopped."));
        return DatabaseCommand.DONE;
    }
}
