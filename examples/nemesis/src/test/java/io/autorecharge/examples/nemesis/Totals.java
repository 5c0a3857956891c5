package io.autorecharge.examples.nemesis;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The counts of all rounds, and the report of them. */
final class Totals {
    private static final int LISTED = 50;

    private final long seed;
    private final long since = System.nanoTime();
    private final Map<Deed, Integer> deeds = new EnumMap<>(Deed.class);
    private final Map<Step, Integer> halted = new EnumMap<>(Step.class);
    private final Map<String, Long> counts = new LinkedHashMap<>();
    private final List<String> violations = new ArrayList<>();
    private String lastLine = "";

    Totals(long seed) {
        this.seed = seed;
    }

    void add(long roundSeed, Nemesis.Result result) {
        result.done().forEach((deed, times) -> deeds.merge(deed, times, Integer::sum));
        result.halted().forEach((step, times) -> halted.merge(step, times, Integer::sum));
        Findings found = result.findings();
        count("rounds", 1);
        count("node processes", result.processes());
        count("node processes with a clock that is a day off", result.wrongClocks());
        count("recharges decided", found.claims());
        count("attempts with another method of a recharge, after one had failed", found.nextMethods());
        count("paid with a backup, among these", found.backupsPaid());
        count("charge requests", found.requests());
        count("captures", found.captures());
        count("captures at checkout, among these", found.purchases());
        count("captures of the other application", result.othersCaptures());
        count("grants", found.grants());
        count("webhooks accepted by a node", result.webhooks());
        count("debits confirmed", found.debitsConfirmed());
        count("debits refused for lack of credits", found.debitsRefused());
        count("debit calls without an answer", found.unanswered());
        count("violations", found.violations().size());
        found.violations().forEach(it -> violations.add("seed " + roundSeed + ": " + it));
        lastLine = "seed " + roundSeed + ": " + result.done() + " " + result.halted() + " " + found;
    }

    private void count(String what, long more) {
        counts.merge(what, more, Long::sum);
    }

    List<String> violations() {
        return violations;
    }

    String lastLine() {
        return lastLine;
    }

    String report() {
        StringBuilder text = new StringBuilder("| what | how many |\n|---|---|\n");
        row(text, "minutes", (System.nanoTime() - since) / 60_000_000_000L);
        row(text, "first seed", seed);
        for (Deed deed : Deed.values()) {
            row(text, deed.meaning, deeds.getOrDefault(deed, 0));
        }
        for (Step step : Step.values()) {
            row(text, "nodes halted at " + step + ": " + step.meaning, halted.getOrDefault(step, 0));
        }
        counts.forEach((what, many) -> row(text, what, many));
        violations.stream().limit(LISTED).forEach(it -> text.append("\n- ").append(it));
        return text.toString();
    }

    private static void row(StringBuilder text, String what, long many) {
        text.append("| ").append(what).append(" | ").append(many).append(" |\n");
    }
}
