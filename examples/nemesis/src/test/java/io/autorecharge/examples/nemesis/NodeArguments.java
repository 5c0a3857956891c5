package io.autorecharge.examples.nemesis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a node is to run, as its command line says it.
 *
 * @param databasePort where PostgreSQL is, or what stands before it
 * @param providerPort where the simulator is, or what stands before it
 * @param history file of the node's history
 * @param ahead by how much its clock is ahead of the machine's
 * @param patience how long a request to the provider may take; the database has three times as long
 * @param seed of its accounts, amounts and settings; 0 when it does nothing by itself
 * @param works whether it takes due accounts, or only follows its own debits
 * @param step at which it ends; null for none
 * @param times at which time the step is reached it ends
 */
record NodeArguments(
        int databasePort,
        String database,
        int providerPort,
        Path history,
        Duration ahead,
        Duration patience,
        long seed,
        boolean works,
        Step step,
        int times) {
    List<String> words() {
        List<String> words = new ArrayList<>(List.of(
                "databasePort=" + databasePort,
                "database=" + database,
                "providerPort=" + providerPort,
                "history=" + history,
                "ahead=" + ahead,
                "patience=" + patience,
                "seed=" + seed,
                "works=" + works,
                "times=" + times));
        if (step != null) {
            words.add("step=" + step);
        }
        return words;
    }

    static NodeArguments parse(String... words) {
        Map<String, String> values = Arrays.stream(words)
                .map(word -> word.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
        String step = values.get("step");
        return new NodeArguments(
                Integer.parseInt(values.get("databasePort")),
                values.get("database"),
                Integer.parseInt(values.get("providerPort")),
                Path.of(values.get("history")),
                Duration.parse(values.get("ahead")),
                Duration.parse(values.get("patience")),
                Long.parseLong(values.get("seed")),
                Boolean.parseBoolean(values.get("works")),
                step == null ? null : Step.valueOf(step),
                Integer.parseInt(values.get("times")));
    }
}
