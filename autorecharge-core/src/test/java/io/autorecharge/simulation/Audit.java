package io.autorecharge.simulation;

import io.autorecharge.account.Account;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Checkout;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.FakeGateway;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compares the provider's payment history with the store when all work has ended, and checks that no work remains. */
final class Audit {
    private static final int BATCH = 1000;
    private static final Duration CLOSED_WITHIN = Duration.ofHours(6);

    private final World world;
    private final RechargeStore store;
    private final Map<AccountId, List<FakeGateway.Capture>> captures = new HashMap<>();
    private final Map<AccountId, List<SimulatedCheckouts.Session>> checkouts = new HashMap<>();

    Audit(World world) {
        this.world = world;
        this.store = world.database.plain().store();
        world.provider
                .captures()
                .forEach(it -> captures.computeIfAbsent(it.account(), id -> new ArrayList<>())
                        .add(it));
        world.checkouts
                .paid()
                .forEach(it -> checkouts
                        .computeIfAbsent(it.account(), id -> new ArrayList<>())
                        .add(it));
    }

    void run() {
        world.accounts.forEach(this::account);
        world.debited.forEach((reference, account) -> {
            if (ledger(account).stream().noneMatch(it -> it.reference().equals(reference))) {
                violated(account, "debit " + reference + " was confirmed and is not in the ledger");
            }
        });
        // The provider of these worlds captures the requested amount.
        world.heard.stream()
                .filter(it -> it.startsWith(EventType.CAPTURE_MISMATCH.name()) && !it.endsWith(World.FORGED))
                .forEach(it -> world.violated("an event for a capture that differs: " + it));
        world.watch.published().stream()
                .filter(it -> !world.heard.contains(it))
                .forEach(it -> world.violated("not delivered to a listener: " + it));
        Set<AccountId> unknown = new HashSet<>(captures.keySet());
        unknown.removeAll(world.accounts);
        unknown.forEach(it -> violated(it, "was charged and is unknown"));
    }

    private void account(AccountId account) {
        List<LedgerEntry> ledger = ledger(account);
        List<RechargeWithAttempt> recharges = store.recharges(account, 1000);
        recharges.forEach(it -> world.notices.heard(it, world.heard));
        overdraft(account, ledger);
        chain(account, ledger);
        List<SimulatedCheckouts.Session> paid = checkouts.getOrDefault(account, List.of());
        Map<CheckoutId, Checkout> offers = new HashMap<>();
        store.inTransaction(account, tx -> {
            paid.forEach(it -> tx.checkout(it.request.checkout()).ifPresent(offer -> offers.put(offer.id(), offer)));
            return tx;
        });
        List<RechargeWithAttempt> attempts =
                recharges.stream().flatMap(this::attempts).toList();
        Set<AttemptId> byPersons = new HashSet<>(world.paidByHand);
        byPersons.addAll(world.authenticated);
        PaymentAudit payments = new PaymentAudit(account, ledger, attempts, this::violated);
        payments.check(
                captures.getOrDefault(account, List.of()),
                paid,
                id -> offers.containsKey(id) ? offers.get(id).recovers() : null,
                world.watch.withdrawn(),
                byPersons);
        paid.forEach(checkout -> open(checkout, offers.get(checkout.request.checkout())));
        payments.checkNothingElse(reversals(account, ledger));
        // Payments by the customer or a person, after a failure, are no decisions of the library.
        Set<AttemptId> others = new HashSet<>(world.paidByHand);
        others.addAll(world.authenticated);
        offers.values().stream()
                .map(Checkout::recovers)
                .filter(Objects::nonNull)
                .forEach(others::add);
        // Whichever attempt of a recharge they paid.
        Set<RechargeId> paidByOthers = attempts.stream()
                .filter(it -> others.contains(it.attempt().id()))
                .map(it -> it.recharge().id())
                .collect(Collectors.toSet());
        recharges.stream()
                .filter(it -> paidByOthers.contains(it.recharge().id()))
                .forEach(it -> others.add(it.attempt().id()));
        new LimitCheck(world.policy.limits()).check(recharges, others).forEach(it -> violated(account, it));
        rest(account, recharges, attempts, offers.values());
        new Probes(store).check(account, ledger).forEach(it -> violated(account, it));
    }

    /** With a grace, debits without overdraft bring the balance down to its end and not below. */
    private void overdraft(AccountId account, List<LedgerEntry> ledger) {
        GraceRule grace = world.policy.grace();
        if (grace != null
                && ledger.stream()
                        .anyMatch(it -> it.type() == EntryType.DEBIT
                                && it.reference().startsWith("grace-")
                                && it.balanceAfter().plus(grace.credits()).isNegative())) {
            violated(account, "was overdrawn by more than its grace allows");
        }
    }

    /** The checkout of a recharge that was paid otherwise is closed as soon as the provider can be reached. */
    private void open(SimulatedCheckouts.Session checkout, @Nullable Checkout offer) {
        AttemptId attempt = offer == null ? null : offer.recovers();
        Instant settled = attempt == null ? null : world.watch.paidAt(attempt);
        if (settled != null && checkout.paidAt().isAfter(settled.plus(CLOSED_WITHIN))) {
            violated(checkout.account(), "a checkout could be paid long after its recharge was paid: " + offer);
        }
    }

    private Set<String> reversals(AccountId account, List<LedgerEntry> ledger) {
        ReversalCheck check = new ReversalCheck(ledger, world.heard);
        for (MoneyBack.Payment payment : world.payments(account)) {
            check.check(payment, store.inTransaction(account, tx -> tx.reversalsOf(payment.reference)));
        }
        check.found().forEach(it -> violated(account, it));
        return check.explained();
    }

    private List<LedgerEntry> ledger(AccountId account) {
        List<LedgerEntry> all = new ArrayList<>();
        List<LedgerEntry> batch = world.database.plain().ledger().entries(account, Long.MAX_VALUE, BATCH);
        while (!batch.isEmpty()) {
            all.addAll(batch);
            long last = batch.get(batch.size() - 1).sequence();
            batch = batch.size() < BATCH
                    ? List.of()
                    : world.database.plain().ledger().entries(account, last, BATCH);
        }
        return all;
    }

    private void chain(AccountId account, List<LedgerEntry> newestFirst) {
        Credits sum = Credits.ZERO;
        Set<String> references = new HashSet<>();
        for (int i = newestFirst.size() - 1; i >= 0; i--) {
            LedgerEntry entry = newestFirst.get(i);
            sum = sum.plus(entry.amount());
            if (entry.sequence() != newestFirst.size() - i
                    || !entry.balanceAfter().equals(sum)) {
                violated(account, "ledger breaks at " + entry + ", the sum is " + sum);
            }
            if (!references.add(entry.reference())) {
                violated(account, "ledger holds " + entry.reference() + " twice");
            }
        }
        Credits balance = world.database.plain().ledger().balance(account);
        if (!balance.equals(sum)) {
            violated(account, "balance is " + balance + " and the ledger sums up to " + sum);
        }
    }

    /** A recharge with each of its attempts. */
    private Stream<RechargeWithAttempt> attempts(RechargeWithAttempt it) {
        return it.attempt().number() == 1
                ? Stream.of(it)
                : store.attempts(it.recharge().account(), it.recharge().id()).stream()
                        .map(attempt -> new RechargeWithAttempt(it.recharge(), attempt));
    }

    private void rest(
            AccountId account,
            List<RechargeWithAttempt> recharges,
            List<RechargeWithAttempt> attempts,
            Collection<Checkout> paidCheckouts) {
        Set<AttemptId> inCheckouts = new HashSet<>();
        paidCheckouts.forEach(checkout -> inCheckouts.add(checkout.recovers()));
        for (RechargeWithAttempt it : recharges) {
            if (it.recharge().state() == RechargeState.OPEN) {
                violated(account, "recharge is still open at " + world.time.instant() + ": " + it);
            }
        }
        for (RechargeWithAttempt it : attempts) {
            AttemptId attempt = it.attempt().id();
            if (it.attempt().state() == AttemptState.OPEN) {
                violated(account, "attempt is still open at " + world.time.instant() + ": " + it);
            }
            if (it.attempt().state() == AttemptState.PAID
                    && !inCheckouts.contains(attempt)
                    && !world.heard.contains(EventType.RECHARGE_PAID + ":" + attempt)) {
                violated(account, "no listener was notified that attempt " + attempt + " was paid");
            }
        }
        List<Checkout> open =
                store.inTransaction(account, tx -> tx.openCheckouts().stream().toList());
        open.forEach(it -> violated(account, "checkout is still open at " + world.time.instant() + ": " + it));
        Node witness = new Node(world, "witness", FaultPlan.NONE, fault -> {}, task -> {});
        Account row = store.find(account).orElseThrow();
        waiting(account, witness.library.preview(account), row);
        String against = world.watch.stops.whyNot(account, row.method());
        if (against != null && row.state().suspension() == null && row.state().backups() == 0) {
            violated(account, against + ", and is not suspended: " + row);
        }
    }

    private void waiting(AccountId account, Decision decision, Account row) {
        Instant due = row.state().dueAt();
        if (decision instanceof Decision.Recharge) {
            violated(account, "is to be recharged and was not: " + row);
        } else if (decision instanceof Decision.Hold hold
                && hold.until() != null
                && (due == null || due.isAfter(hold.until()))) {
            violated(account, "is held as " + hold + " and has no check scheduled then: " + row);
        }
    }

    private void violated(AccountId account, String what) {
        world.violated("account " + account + ": " + what);
    }
}
