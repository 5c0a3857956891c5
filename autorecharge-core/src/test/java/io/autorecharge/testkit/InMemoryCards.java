package io.autorecharge.testkit;

import io.autorecharge.account.CardStop;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** The cards of all accounts in memory. Safe for use by many threads. */
final class InMemoryCards {
    private static final Set<AttemptState> COUNTED =
            EnumSet.of(AttemptState.OPEN, AttemptState.DECLINED, AttemptState.ACTION_REQUIRED);

    private final Map<String, Card> cards = new ConcurrentHashMap<>();
    private final Map<AttemptId, AttemptState> states = new ConcurrentHashMap<>();

    /** One card. Its lock is held from the claim to the end of the transaction. */
    static final class Card {
        final ReentrantLock lock = new ReentrantLock();
        final Map<AttemptId, Try> tries = new ConcurrentHashMap<>();
        volatile @Nullable CardStop stop;
        volatile @Nullable AccountId grace;
    }

    record Try(AccountId account, Instant openedAt) {}

    Card card(String name) {
        return cards.computeIfAbsent(name, any -> new Card());
    }

    /** An attempt as a transaction has committed it. */
    void committed(Attempt attempt) {
        states.put(attempt.id(), attempt.state());
    }

    /** @return how many tries were deleted */
    int purge(Instant before, int limit) {
        int deleted = 0;
        for (Card card : cards.values()) {
            List<AttemptId> old = card.tries.entrySet().stream()
                    .filter(it -> it.getValue().openedAt().isBefore(before))
                    .map(Map.Entry::getKey)
                    .filter(it -> states.get(it) != AttemptState.OPEN)
                    .limit(limit - deleted)
                    .toList();
            old.forEach(card.tries::remove);
            deleted += old.size();
        }
        return deleted;
    }

    /** @param own the attempts of the account whose transaction asks, with its own changes */
    CardUse use(String name, Instant since, Map<AttemptId, Attempt> own) {
        Card card = card(name);
        return new CardUse(
                card.stop,
                card.tries.entrySet().stream()
                        .filter(it -> !it.getValue().openedAt().isBefore(since))
                        .filter(it -> COUNTED.contains(state(it.getKey(), own)))
                        .map(it -> it.getValue().openedAt())
                        .sorted()
                        .toList());
    }

    /** An attempt that was never opened does not count. */
    private AttemptState state(AttemptId id, Map<AttemptId, Attempt> own) {
        Attempt mine = own.get(id);
        return mine != null ? mine.state() : Objects.requireNonNullElse(states.get(id), AttemptState.NOT_CHARGED);
    }
}
