package io.autorecharge.examples.nemesis;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The command line of a node.
 *
 * @param databasePort the port of PostgreSQL, or of the proxy before it
 * @param providerPort the port of the simulator, or of the proxy before it
 * @param history file of the node's history
 * @param ahead the offset of its clock from the system clock
 * @param patience the timeout of a request to the provider; a third of the timeout of the database
 * @param seed of its accounts, amounts and settings; 0 if it has no users of its own
 * @param works whether it processes due accounts, or only those of its own debits
 * @param step at which its process ends; null for none
 * @param times how often the step must be reached before the process ends
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
