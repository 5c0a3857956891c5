package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.testkit.Reports;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;

/**
 * One account, one node with faults that is restarted when it crashes, another node without faults, and a host that retries failed calls.
 * After the story the faults end, time passes, and all work must complete.
 */
final class Stage {
    static final AccountId ALICE = AccountId.of("alice");
    static final PaymentMethod CARD = new PaymentMethod("cus_alice", "pm_1", "visa", "4242", "fp_1");
    static final PaymentMethod OTHER_CARD = new PaymentMethod("cus_alice", "pm_2", "visa", "1881", "fp_2");
    static final RechargePolicy POLICY = RechargePolicy.ofDefaults(PackageCatalog.of(
            new CreditPackage(50, Money.of("5.00", "USD")), new CreditPackage(100, Money.of("9.00", "USD"))));

    /** 20 credits for two days after a decline. */
    static final RechargePolicy GRACEFUL = RechargePolicy.builder(POLICY.packages())
            .grace(new GraceRule(2, Credits.of(20)))
            .build();

    /** Two hours, so that the waits of the recovery suffice. */
    static final RechargePolicy ANNOUNCING = RechargePolicy.builder(POLICY.packages())
            .noticeBefore(Duration.ofHours(2))
            .build();

    /** The first of these waits still have faults: the take-over after the lease, and the checks after it. */
    private static final int FAULTY = 3;

    /** No request is in transit for longer. */
    private static final Duration LATEST = Duration.ofMinutes(10);

    private static final List<Duration> RECOVERY = List.of(
            Duration.ofSeconds(130),
            Duration.ofSeconds(130),
            Duration.ofMinutes(5),
            Duration.ofMinutes(30),
            Duration.ofMinutes(61),
            Duration.ofMinutes(61),
            Duration.ofHours(6),
            Duration.ofHours(11),
            Duration.ofHours(7),
            Duration.ofHours(3),
            Duration.ofHours(23),
            Duration.ofHours(3),
            Duration.ofHours(49),
            Duration.ofHours(2),
            Duration.ofHours(2));

    final World world;
    final Customer customer;
    private final PlannedFaults plan;
    private final boolean webhooks;
    private final Deque<Runnable> late = new ArrayDeque<>();
    private final Deque<Runnable> requestedChecks = new ArrayDeque<>();
    private final Deque<Runnable> othersNudges = new ArrayDeque<>();
    private final List<Predicate<AutoRecharge>> undone = new ArrayList<>();
    private final Node other;
    private Node node;
    private Duration behind = Duration.ZERO;
    private boolean replacing;
    private boolean refunding;

    Stage(Database database, PlannedFaults plan, boolean webhooks, RechargePolicy policy) {
        this.world = new World(policy, database, false, late::add);
        this.customer = new Customer(world);
        this.plan = plan;
        this.webhooks = webhooks;
        world.accounts.add(ALICE);
        other = new Node(world, "other", FaultPlan.NONE, fault -> {}, othersNudges::add);
        node = start();
    }

    private Node start() {
        Node started = new Node(world, "node", plan, this::meanwhile, requestedChecks::add);
        started.skew(behind.negated());
        return started;
    }

    /** Creates an account with a card and settings, before any fault. */
    void prepare(String credits, boolean enabled) {
        Database.Ports plain = world.database.plain();
        plain.ledger()
                .grant(new Grant(ALICE, Credits.of(credits), Category.PAID, "start", "Start"), world.time.instant());
        plain.store().inTransaction(ALICE, tx -> {
            tx.savePaymentMethod(CARD);
            return tx;
        });
        if (enabled) {
            other.library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1");
        }
        drain(othersNudges);
    }

    /** From now on the clock of the node is behind the provider's, and that of the other node ahead of it. */
    void skew(Duration by) {
        behind = by;
        node.skew(by.negated());
        other.skew(by);
    }

    /** The other node, which has no faults, runs its scheduler once. */
    void otherTick() {
        other.tick();
        drain(othersNudges);
    }

    /** Adds a second card, before any fault. */
    void addBackup() {
        other.library.addPaymentMethod(ALICE, OTHER_CARD);
        drain(othersNudges);
    }

    /** The host calls this until it succeeds. */
    void must(Predicate<AutoRecharge> act) {
        if (!attempt(act)) {
            undone.add(act);
        }
    }

    private boolean attempt(Predicate<AutoRecharge> act) {
        boolean done = false;
        try {
            done = act.test(node.library);
        } catch (NodeDied | RuntimeException e) {
            // The host sees an error, or its process has ended.
            done = false;
        }
        drain(requestedChecks);
        if (node.isDead()) {
            requestedChecks.clear();
            node = start();
        }
        return done;
    }

    /** Runs the scheduler once. */
    void tick() {
        attempt(library -> {
            node.tick();
            return true;
        });
    }

    void pass(Duration time) {
        if (time.compareTo(LATEST) > 0) {
            world.time.advance(LATEST);
            drain(late);
            world.time.advance(time.minus(LATEST));
        } else {
            world.time.advance(time);
        }
    }

    private static void drain(Deque<Runnable> tasks) {
        while (!tasks.isEmpty()) {
            tasks.poll().run();
        }
    }

    /** The customer pays, and returns. */
    void pay(CheckoutSession checkout) {
        world.checkouts.pay(checkout.sessionId(), CARD);
    }

    /** The provider decides charges in progress. */
    void finish(boolean paid) {
        world.known().forEach((request, outcome) -> {
            if (outcome instanceof Outcome.Processing) {
                world.provider.finish(request.attempt(), paid);
            }
        });
    }

    /** A person settles the declined charge at the provider. */
    void paidByHand() {
        world.known().keySet().forEach(world::payManually);
    }

    /** Delivers a report that is not from the provider. */
    void forged() {
        attempt(library -> world.requests().stream()
                .allMatch(it ->
                        library.settle(Reports.charge(it, new Outcome.Paid(World.FORGED, Money.of("1.00", "USD"))))));
    }

    /** The provider reports its state, and repeats reports that were not accepted. */
    void webhooks() {
        if (webhooks) {
            attempt(library -> report(library));
        }
    }

    private boolean report(AutoRecharge library) {
        world.known().forEach((request, outcome) -> library.settle(Reports.charge(request, outcome)));
        world.checkouts
                .paid()
                .forEach(checkout ->
                        library.settle(Reports.checkout(checkout.request, checkout.session, checkout.payment())));
        world.checkouts
                .saved()
                .forEach(checkout ->
                        library.settle(Reports.checkout(checkout.request, checkout.session, checkout.saving())));
        return customer.reportsNow(library);
    }

    /** The customer adds this card in the checkout, and returns. */
    void save(CheckoutSession checkout, PaymentMethod card) {
        world.checkouts.save(checkout.sessionId(), card);
    }

    private void meanwhile(Fault what) {
        switch (what) {
            case OTHER_NODE_LOOKS -> {
                pass(Duration.ofSeconds(125));
                other.tick();
                drain(late);
            }
            case REFUSED_AFTER_TAKE_OVER -> {
                world.provider.timeOutAfterCaptureNext();
                pass(Duration.ofSeconds(125));
                other.tick();
            }
            case A_DAY_PASSES -> {
                pass(Duration.ofSeconds(125));
                other.tick();
                pass(Duration.ofHours(26));
                other.tick();
            }
            case FAST_NODE_LOOKS -> {
                other.skew(Duration.ofHours(2));
                other.tick();
                other.skew(behind);
            }
            case SWITCHED_OFF -> other.library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
            case CARD_REPLACED -> replaceCard();
            case MONEY_GOES_BACK -> {
                if (!refunding) {
                    refunding = true;
                    customer.refunded(450);
                    customer.reportsNow(other.library);
                }
            }
            case CUSTOMER_AUTHENTICATES -> customer.authenticates();
            default -> report(other.library);
        }
        drain(othersNudges);
    }

    private void replaceCard() {
        if (!replacing) {
            replacing = true;
            CheckoutSession checkout = other.library.openCheckout(ALICE, 50, "v2", null);
            world.checkouts.pay(checkout.sessionId(), OTHER_CARD);
            other.library.refreshCheckouts(ALICE);
        }
    }

    /** Lets time pass, with fewer and fewer faults, until no work can remain. */
    void recover(boolean processingIsPaid) {
        for (int i = 0; i < RECOVERY.size(); i++) {
            if (i == FAULTY) {
                plan.end();
            }
            pass(RECOVERY.get(i));
            undone.removeIf(this::attempt);
            tick();
            drain(late);
            if (i >= FAULTY) {
                finish(processingIsPaid);
            }
            webhooks();
            // Only webhooks report refunds here, so these stories deliver them.
            attempt(customer::reportsNow);
        }
        if (!undone.isEmpty()) {
            world.violated("all retries of the host failed");
        }
    }
}
