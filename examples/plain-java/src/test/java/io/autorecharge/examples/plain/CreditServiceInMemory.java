package io.autorecharge.examples.plain;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Stands in for the other service; loses the answer to every third movement, after writing it. */
final class CreditServiceInMemory implements CreditService {
    private final Map<String, List<Movement>> users = new HashMap<>();
    private final boolean losesAnswers;
    private int moves;

    CreditServiceInMemory(boolean losesAnswers) {
        this.losesAnswers = losesAnswers;
    }

    @Override
    public synchronized Optional<Movement> move(
            String user,
            String key,
            BigDecimal amount,
            boolean mayOverdraw,
            String text,
            Map<String, String> labels,
            Instant at) {
        List<Movement> known = users.computeIfAbsent(user, it -> new ArrayList<>());
        Optional<Movement> first =
                known.stream().filter(it -> it.key().equals(key)).findFirst();
        if (first.isPresent()) {
            return first.map(CreditServiceInMemory::again);
        }
        BigDecimal after = balance(user).add(amount);
        if (!mayOverdraw && after.signum() < 0) {
            return Optional.empty();
        }
        Movement written = new Movement(known.size() + 1L, key, amount, after, text, Map.copyOf(labels), at, false);
        known.add(written);
        moves++;
        if (losesAnswers && moves % 3 == 0) {
            throw new IllegalStateException("connection reset");
        }
        return Optional.of(written);
    }

    private static Movement again(Movement first) {
        return new Movement(
                first.number(),
                first.key(),
                first.amount(),
                first.balanceAfter(),
                first.text(),
                first.labels(),
                first.at(),
                true);
    }

    @Override
    public synchronized BigDecimal balance(String user) {
        List<Movement> known = users.getOrDefault(user, List.of());
        return known.isEmpty() ? BigDecimal.ZERO : known.get(known.size() - 1).balanceAfter();
    }

    @Override
    public synchronized List<Movement> movements(String user, long before, int limit) {
        return users.getOrDefault(user, List.of()).stream()
                .filter(it -> it.number() < before)
                .sorted(Comparator.comparingLong(Movement::number).reversed())
                .limit(limit)
                .toList();
    }
}
