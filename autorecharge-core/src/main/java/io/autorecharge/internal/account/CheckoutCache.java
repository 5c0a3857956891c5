package io.autorecharge.internal.account;

import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.CheckoutState;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one transaction knows about the account's checkouts, and those that it still has to write. */
final class CheckoutCache {
    private final AccountTransaction tx;
    private final Map<CheckoutId, Optional<Checkout>> known = new HashMap<>();
    private final Map<CheckoutId, Checkout> changed = new LinkedHashMap<>();

    /** Oldest first; null until they were read. */
    private @Nullable List<Checkout> open;

    CheckoutCache(AccountTransaction tx) {
        this.tx = tx;
    }

    List<Checkout> open() {
        List<Checkout> found = open;
        if (found == null) {
            flush();
            found = tx.openCheckouts();
            found.forEach(it -> known.put(it.id(), Optional.of(it)));
            open = found;
        }
        return found;
    }

    List<Instant> since(Instant from) {
        flush();
        return tx.checkoutsSince(from);
    }

    Optional<Checkout> find(CheckoutId id) {
        return known.computeIfAbsent(id, tx::checkout);
    }

    void save(Checkout checkout) {
        changed.put(checkout.id(), checkout);
        known.put(checkout.id(), Optional.of(checkout));
        List<Checkout> before = open;
        if (before != null) {
            boolean isOpen = checkout.state() == CheckoutState.OPEN;
            boolean wasOpen = before.stream().anyMatch(it -> it.id().equals(checkout.id()));
            // A checkout that was reopened has to be sorted by its age, which the store does.
            open = isOpen && !wasOpen ? null : replaced(before, checkout, isOpen);
        }
    }

    private static List<Checkout> replaced(List<Checkout> before, Checkout checkout, boolean isOpen) {
        return before.stream()
                .flatMap(it -> !it.id().equals(checkout.id())
                        ? Stream.of(it)
                        : isOpen ? Stream.of(checkout) : Stream.<Checkout>empty())
                .toList();
    }

    void flush() {
        changed.values().forEach(tx::save);
        changed.clear();
    }
}
