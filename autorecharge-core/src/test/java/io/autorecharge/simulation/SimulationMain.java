package io.autorecharge.simulation;

import java.time.Duration;

/** Runs worlds, one seed after the other, for so many minutes; or one seed again. */
public final class SimulationMain {
    private SimulationMain() {}

    /** @param args first seed, and minutes; with one argument that seed alone */
    public static void main(String[] args) {
        long first = Long.parseLong(args[0]);
        long end = System.nanoTime()
                + (args.length < 2 ? Duration.ZERO : Duration.ofMillis((long) (60_000 * Double.parseDouble(args[1]))))
                        .toNanos();
        long events = 0, captures = 0, sends = 0, debits = 0, faults = 0, deaths = 0, worlds = 0, bad = 0;
        long start = System.nanoTime();
        for (long seed = first; seed == first || System.nanoTime() < end; seed++) {
            Simulation.Report r = Simulation.run(seed);
            worlds++;
            events += r.events();
            captures += r.captures();
            sends += r.sends();
            debits += r.debits();
            faults += r.faults();
            deaths += r.deaths();
            if (!r.violations().isEmpty()) {
                bad++;
                if (bad < 6) System.out.println("seed " + seed + ": " + String.join("\n   ", r.violations()));
            }
        }
        double s = (System.nanoTime() - start) / 1e9;
        System.out.printf(
                "worlds %d bad %d events %d debits %d sends %d captures %d faults %d deaths %d in %.1f s: %.0f events/s%n",
                worlds, bad, events, debits, sends, captures, faults, deaths, s, events / s);
    }
}
