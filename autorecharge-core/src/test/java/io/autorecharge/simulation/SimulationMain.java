package io.autorecharge.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Long simulations from the command line: {@code enumerate}, {@code worlds FIRST_SEED MINUTES}; and replays of a failure:
 * {@code seed SEED}, {@code story STORY NUMBER:FAULT ...}. Prints a table of counts and every seed that violated a guarantee. The exit code
 * is 1 if there was a violation.
 */
public final class SimulationMain {
    private static final double MINUTE = 60e9;

    private final Consumer<String> out;
    private boolean broken;

    private SimulationMain(Consumer<String> out) {
        this.out = out;
    }

    /** See the class. */
    public static void main(String[] args) {
        System.exit(holds(args, System.out::println) ? 0 : 1);
    }

    /** @return whether every guarantee held */
    static boolean holds(String[] args, Consumer<String> out) {
        SimulationMain main = new SimulationMain(out);
        switch (args.length == 0 ? "" : args[0]) {
            case "enumerate" -> main.enumerate();
            case "worlds" -> main.worlds(Long.parseLong(args[1]), Double.parseDouble(args[2]));
            case "seed" -> main.report(List.of(Simulation.run(Long.parseLong(args[1]))), 0);
            case "story" -> main.story(Story.valueOf(args[1]), List.of(args).subList(2, args.length));
            default ->
                throw new IllegalArgumentException(
                        "enumerate | worlds FIRST_SEED MINUTES | seed SEED | story STORY NUMBER:FAULT ...");
        }
        return !main.broken;
    }

    private void story(Story story, List<String> faults) {
        Map<Integer, Fault> plan = new HashMap<>();
        for (String fault : faults) {
            int colon = fault.indexOf(':');
            plan.put(Integer.valueOf(fault.substring(0, colon)), Fault.valueOf(fault.substring(colon + 1)));
        }
        enumerate(story, faults.toString(), it -> it.replay(story, plan));
    }

    private void enumerate() {
        out.accept("| story | faults | scenarios | broken | seconds |\n|---|---|---|---|---|");
        for (Story story : Story.values()) {
            enumerate(story, "each single fault", it -> it.singles(story));
        }
        for (Story story : Story.CHARGE_PATH) {
            enumerate(story, "each pair of faults", it -> it.pairs(story));
        }
    }

    private void enumerate(Story story, String faults, Consumer<Enumeration> how) {
        long start = System.nanoTime();
        Enumeration enumeration = new Enumeration(InMemoryDatabase::new, Enumeration.PORTS);
        how.accept(enumeration);
        double seconds = (System.nanoTime() - start) / 1e9;
        int failures = enumeration.failures().size();
        out.accept(String.format(
                Locale.ROOT,
                "| %s | %s | %d | %d | %.1f |",
                story,
                faults,
                enumeration.scenarios(),
                failures,
                seconds));
        enumeration.failures().forEach(out);
        broken |= failures > 0;
    }

    private void worlds(long first, double minutes) {
        long start = System.nanoTime();
        List<Simulation.Report> reports = new ArrayList<>();
        for (long seed = first; System.nanoTime() - start < minutes * MINUTE; seed++) {
            reports.add(Simulation.run(seed));
        }
        report(reports, (System.nanoTime() - start) / 1e9);
    }

    private void report(List<Simulation.Report> reports, double seconds) {
        reports.stream().filter(it -> !it.violations().isEmpty()).forEach(it -> {
            broken = true;
            out.accept("seed " + it.seed() + ": " + String.join("\n    ", it.violations()));
        });
        out.accept("| what | how many |\n|---|---|");
        row("worlds", reports.size());
        row("first seed", reports.get(0).seed());
        row("events", reports.stream().mapToLong(Simulation.Report::events).sum());
        row("debits", reports.stream().mapToLong(Simulation.Report::debits).sum());
        row(
                "charge requests",
                reports.stream().mapToLong(Simulation.Report::sends).sum());
        row(
                "captures, each granted once",
                reports.stream().mapToLong(Simulation.Report::captures).sum());
        row(
                "purchases in checkouts",
                reports.stream().mapToLong(Simulation.Report::purchases).sum());
        row(
                "of them recharges that required authentication",
                reports.stream().mapToLong(Simulation.Report::recoveries).sum());
        row("refunds", reports.stream().mapToLong(Simulation.Report::refunds).sum());
        row("disputes", reports.stream().mapToLong(Simulation.Report::disputes).sum());
        row(
                "paid manually after they failed",
                reports.stream().mapToLong(Simulation.Report::paidByHand).sum());
        row(
                "velocity alarms",
                reports.stream().mapToLong(Simulation.Report::alarms).sum());
        row("faults", reports.stream().mapToLong(Simulation.Report::faults).sum());
        row(
                "node crashes",
                reports.stream().mapToLong(Simulation.Report::deaths).sum());
        row(
                "violations",
                reports.stream().mapToLong(it -> it.violations().size()).sum());
        row("seconds", Math.round(seconds));
    }

    private void row(String what, long howMany) {
        out.accept("| " + what + " | " + howMany + " |");
    }
}
