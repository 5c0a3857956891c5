package io.autorecharge.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Plays a story with each possible fault at each call; then with each pair of faults. Each run ends with an audit.
 */
public final class Enumeration {
    /** Calls of the library's own ports. */
    public static final Set<Call> PORTS =
            EnumSet.complementOf(EnumSet.of(Call.CONNECT, Call.STATEMENT, Call.SQL_COMMIT));

    /** Calls of a database. */
    public static final Set<Call> STATEMENTS = EnumSet.of(Call.CONNECT, Call.STATEMENT, Call.SQL_COMMIT);

    /** Calls of a database and of the provider, and what others do between them. */
    public static final Set<Call> EVERYTHING = EnumSet.complementOf(EnumSet.of(Call.INSIDE, Call.COMMIT, Call.STORE));

    private static final int MOST_FAILURES = 10;

    private final Supplier<Database> databases;
    private final Set<Call> counted;
    private final List<String> failures = new ArrayList<>();
    private int scenarios;

    /**
     * @param databases supplies an empty database for each run
     * @param counted which calls can fail
     */
    public Enumeration(Supplier<Database> databases, Set<Call> counted) {
        this.databases = databases;
        this.counted = counted;
    }

    /** Each fault at each call. */
    public Enumeration singles(Story story) {
        run(story, Map.of());
        List<PlannedFaults.Seen> calls = run(story, Map.of());
        for (int i = 0; i < calls.size(); i++) {
            for (Fault fault : calls.get(i).call().faults()) {
                run(story, Map.of(i, fault));
            }
        }
        return this;
    }

    /** Each pair of faults at each pair of calls. */
    public Enumeration pairs(Story story) {
        List<PlannedFaults.Seen> calls = run(story, Map.of());
        for (int i = 0; i < calls.size(); i++) {
            for (Fault fault : calls.get(i).call().faults()) {
                List<PlannedFaults.Seen> then = run(story, Map.of(i, fault));
                second(story, i, fault, then);
            }
        }
        return this;
    }

    private void second(Story story, int i, Fault first, List<PlannedFaults.Seen> then) {
        for (int j = i + 1; j < then.size(); j++) {
            for (Fault fault : then.get(j).call().faults()) {
                run(story, Map.of(i, first, j, fault));
            }
        }
    }

    /** The given number of runs, each with the given number of faults at random calls. */
    public Enumeration samples(Story story, int runs, int faults, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int run = 0; run < runs; run++) {
            Map<Integer, Fault> chosen = new TreeMap<>();
            List<PlannedFaults.Seen> calls = run(story, chosen);
            int from = 0;
            for (int i = 0; i < faults && from < calls.size(); i++) {
                int number = random.nextInt(from, calls.size());
                List<Fault> possible = List.copyOf(calls.get(number).call().faults());
                chosen.put(number, possible.get(random.nextInt(possible.size())));
                // The calls that follow a fault are known only after it has happened.
                calls = run(story, chosen);
                from = number + 1;
            }
        }
        return this;
    }

    /** Replays these faults; a failure names them. */
    public Enumeration replay(Story story, Map<Integer, Fault> faults) {
        run(story, faults);
        return this;
    }

    private List<PlannedFaults.Seen> run(Story story, Map<Integer, Fault> faults) {
        scenarios++;
        PlannedFaults plan = new PlannedFaults(faults, counted);
        story.play(databases.get(), plan, world -> {
            if (!world.violations().isEmpty() && failures.size() < MOST_FAILURES) {
                failures.add(name(story, faults, plan.seen()) + ": " + String.join("\n    ", world.violations()));
            }
        });
        return plan.seen();
    }

    private static String name(Story story, Map<Integer, Fault> faults, List<PlannedFaults.Seen> seen) {
        StringBuilder name = new StringBuilder(story.name());
        List<String> where = new ArrayList<>();
        new TreeMap<>(faults).forEach((number, fault) -> {
            name.append(' ').append(number).append(':').append(fault);
            where.add(number < seen.size() ? seen.get(number).name() : "no call");
        });
        return name.append(" (at ").append(String.join(", ", where)).append(')').toString();
    }

    /** How often a story was played. */
    public int scenarios() {
        return scenarios;
    }

    /** The violations that the audits found, with the faults that caused them. */
    public List<String> failures() {
        return failures;
    }
}
