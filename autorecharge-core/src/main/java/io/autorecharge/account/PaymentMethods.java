package io.autorecharge.account;

import io.autorecharge.credit.InvalidValueException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payment methods of an account, in the order in which they are tried: the primary method, then the backups. All of them belong to one
 * customer of the provider. Immutable; the methods return changed copies.
 *
 * @param all the primary method first; empty when none is saved
 */
public record PaymentMethods(List<SavedMethod> all) {
    /** The largest number of payment methods of one account. */
    public static final int MAX = 10;

    private static final PaymentMethods NONE = new PaymentMethods(List.of());

    /** @throws InvalidValueException when a method is listed twice, or there are too many, or they belong to different customers */
    public PaymentMethods {
        all = List.copyOf(all);
        if (all.size() > MAX) {
            throw new InvalidValueException("paymentMethods", all.size(), "must not be more than " + MAX);
        }
        if (all.stream().map(it -> it.method().id()).distinct().count() < all.size()) {
            throw new InvalidValueException("paymentMethods", all, "must not contain a method twice");
        }
        if (all.stream().map(it -> it.method().customerId()).distinct().count() > 1) {
            throw new InvalidValueException("paymentMethods", all, "must belong to one customer");
        }
    }

    public static PaymentMethods none() {
        return NONE;
    }

    /** The list of an account that has no backup: how its method's charges went is told by the account's own state. */
    public static PaymentMethods of(Account account) {
        PaymentMethod method = account.method();
        return method == null ? NONE : new PaymentMethods(List.of(ofAccount(method, account.state())));
    }

    private static SavedMethod ofAccount(PaymentMethod method, AccountState state) {
        Suspension stop = state.suspension();
        boolean blamed = stop != null && stop.reason().blamesMethod();
        return new SavedMethod(
                method,
                state.declines(),
                state.retryAt(),
                stop != null && blamed ? new MethodStop(stop.reason(), stop.since()) : null);
    }

    public Optional<SavedMethod> primary() {
        return all.stream().findFirst();
    }

    /** The methods after the primary one, in their order. */
    public List<SavedMethod> backups() {
        return all.isEmpty() ? List.of() : all.subList(1, all.size());
    }

    public Optional<SavedMethod> find(String methodId) {
        return all.stream().filter(it -> it.method().id().equals(methodId)).findFirst();
    }

    public boolean contains(String methodId) {
        return find(methodId).isPresent();
    }

    /** The methods that can be charged now, as far as this account knows, in their order; those that have expired come last. */
    public List<SavedMethod> usable(Instant now) {
        return all.stream()
                .filter(it -> it.isUsable(now))
                .sorted(Comparator.comparing(it -> it.method().isExpired(now)))
                .toList();
    }

    /** When the first of the methods can be charged by itself; null when none ever can. */
    public @Nullable Instant usableFrom(Instant now) {
        return all.stream()
                .map(it -> it.usableFrom(now))
                .filter(Objects::nonNull)
                .min(Instant::compareTo)
                .orElse(null);
    }

    /** With this entry in the place of the one of the same method; unchanged when that is not listed. */
    public PaymentMethods with(SavedMethod changed) {
        return new PaymentMethods(all.stream()
                .map(it -> it.method().id().equals(changed.method().id()) ? changed : it)
                .toList());
    }

    /** After their customer asked for one more try, see {@link SavedMethod#onceMore}. */
    public PaymentMethods onceMore() {
        return new PaymentMethods(all.stream().map(SavedMethod::onceMore).toList());
    }

    /** With this method in the place of the primary one, which leaves the list. A backup that becomes primary leaves its place. */
    public PaymentMethods replacingPrimary(PaymentMethod method) {
        SavedMethod known = find(method.id()).map(it -> it.with(method)).orElseGet(() -> new SavedMethod(method));
        return new PaymentMethods(
                Stream.concat(Stream.of(known), without(method.id(), backups())).toList());
    }

    /**
     * With this method as the last backup; with newer details of it when it is listed already. A card that is stopped stays so when it is saved once
     * more, and so does one that may be the same because its fingerprint is not known.
     */
    public PaymentMethods adding(PaymentMethod method) {
        return find(method.id()).map(it -> with(it.with(method))).orElseGet(() -> {
            MethodStop stop = all.stream()
                    .filter(it -> it.stop() != null && mayBeSame(it.method(), method))
                    .map(SavedMethod::stop)
                    .findFirst()
                    .orElse(null);
            SavedMethod added = new SavedMethod(method, 0, null, stop);
            return new PaymentMethods(
                    Stream.concat(all.stream(), Stream.of(added)).toList());
        });
    }

    private static boolean mayBeSame(PaymentMethod one, PaymentMethod other) {
        return one.fingerprint() == null || other.fingerprint() == null || one.sameCardAs(other.fingerprint());
    }

    /** Without this method; the first backup becomes primary when it was the primary one. */
    public PaymentMethods removing(String methodId) {
        return new PaymentMethods(without(methodId, all).toList());
    }

    /**
     * In this order.
     *
     * @throws InvalidValueException when the ids are not exactly those of the list
     */
    public PaymentMethods inOrder(List<String> methodIds) {
        List<SavedMethod> ordered = new ArrayList<>();
        methodIds.stream().distinct().forEach(id -> find(id).ifPresent(ordered::add));
        if (ordered.size() != methodIds.size() || ordered.size() != all.size()) {
            throw new InvalidValueException("paymentMethodIds", methodIds, "must name each saved payment method once");
        }
        return new PaymentMethods(ordered);
    }

    private static Stream<SavedMethod> without(String methodId, List<SavedMethod> from) {
        return from.stream().filter(it -> !it.method().id().equals(methodId));
    }
}
