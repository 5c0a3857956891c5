package io.autorecharge.examples.nemesis;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Compares the answers to each debit with the ledger: exactly one entry for a confirmed debit, none for a refused one, at most one for a
 * debit without an answer.
 */
final class DebitAudit {
    private static final class Debit {
        private String account;
        private BigDecimal amount;
        private int open;
        private int applied;
        private int refused;
        private int lost;
    }

    private final Map<String, Debit> debits = new HashMap<>();

    /** @param histories the lines of every node */
    DebitAudit(List<List<String[]>> histories) {
        histories.forEach(lines -> lines.forEach(this::read));
    }

    private void read(String... line) {
        switch (line[0]) {
            case "invoke" -> {
                Debit debit = debits.computeIfAbsent(line[1], any -> new Debit());
                debit.account = line[2];
                debit.amount = new BigDecimal(line[3]);
                debit.open++;
            }
            case "ok" -> ended(line[1]).applied++;
            case "fail" -> ended(line[1]).refused++;
            case "info" -> ended(line[1]).lost++;
            default -> {}
        }
    }

    private Debit ended(String reference) {
        Debit debit = debits.get(reference);
        debit.open--;
        return debit;
    }

    /** How many debits were confirmed at least once. */
    long confirmed() {
        return debits.values().stream().filter(it -> it.applied > 0).count();
    }

    /** How many were refused and never confirmed. */
    long refused() {
        return debits.values().stream()
                .filter(it -> it.applied == 0 && it.refused > 0)
                .count();
    }

    /** How many calls had no answer: an error, or the end of the node. */
    long unanswered() {
        return debits.values().stream().mapToLong(it -> it.lost + it.open).sum();
    }

    void check(Entries entries, Consumer<String> violations) {
        debits.forEach((reference, debit) -> {
            List<Entries.Entry> found = entries.of(reference);
            boolean mayBe = debit.applied > 0 || debit.lost > 0 || debit.open > 0;
            boolean mustBe = debit.applied > 0;
            if (found.size() > (mayBe ? 1 : 0) || (mustBe && found.isEmpty())) {
                violations.accept("debit " + reference + ": " + debit.applied + " confirmed, " + debit.refused
                        + " refused, " + (debit.lost + debit.open) + " without an answer, and the ledger has " + found);
            }
            found.stream()
                    .filter(it -> !it.account().equals(debit.account)
                            || it.amount().negate().compareTo(debit.amount) != 0)
                    .forEach(it -> violations.accept("debit " + reference + " differs in the ledger: " + it));
        });
        entries.references("DEBIT").stream()
                .filter(it -> !debits.containsKey(it))
                .forEach(it -> violations.accept("a debit that no user requested: " + entries.of(it)));
    }
}
