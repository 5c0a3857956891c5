package io.autorecharge.simulation;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.VelocityAlarm;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A world from a seed: nodes with their own clocks, accounts that use credits and change settings, a provider, and faults between them. Then
 * the faults end, time passes, and the result is audited. The same seed gives the same events.
 */
public final class Simulation {
    private static final Duration HEALING = Duration.ofDays(9);

    private final long seed;
    private final World world;
    private final Agenda agenda;
    private final Cluster cluster;
    private final Courier courier;
    private final Crowd crowd;
    private final Chances chances;
    private final Duration length;

    /** What happened in a world. */
    public record Report(
            long seed,
            long events,
            long debits,
            long sends,
            long captures,
            long purchases,
            long recoveries,
            long refunds,
            long disputes,
            long paidByHand,
            long alarms,
            long faults,
            long deaths,
            int fingerprint,
            List<String> violations) {}

    private Simulation(long seed, Database database) {
        this.seed = seed;
        SplittableRandom random = new SplittableRandom(seed);
        Agenda[] late = new Agenda[1];
        SplittableRandom lateness = random.split();
        world = new World(
                policy(random.split()),
                database,
                random.nextBoolean(),
                request -> late[0].in(Duration.ofSeconds(lateness.nextInt(1, 600)), request));
        agenda = new Agenda(world.time);
        late[0] = agenda;
        chances = new Chances(random.split(), List.of(0, 100, 500, 1500).get(random.nextInt(4)));
        cluster = new Cluster(world, agenda, random.split(), chances, random.nextInt(1, 5));
        courier = new Courier(world, agenda, random.split(), cluster);
        Complaints complaints = new Complaints(world, agenda, random.split(), courier);
        crowd = new Crowd(world, agenda, random.split(), cluster, courier, complaints);
        int accounts = random.nextInt(2, 40);
        for (int i = 0; i < accounts; i++) {
            crowd.join(i);
        }
        length = Duration.ofHours(random.nextInt(24, 24 * 14));
    }

    private static RechargePolicy policy(SplittableRandom random) {
        Limits limits = Limits.ofDefaults()
                .withCooldown(Duration.ofMinutes(random.nextInt(0, 60)))
                .withPurchases(random.nextInt(1, 8), Duration.ofHours(random.nextInt(1, 48)))
                .withMonthlySpend(random.nextBoolean() ? null : Money.of(random.nextInt(30, 300) + ".00", "USD"));
        return RechargePolicy.builder(Stage.POLICY.packages())
                .limits(limits)
                .velocityAlarm(
                        random.nextInt(4) == 0
                                ? null
                                : new VelocityAlarm(random.nextInt(1, 6), Duration.ofMinutes(random.nextInt(10, 2880))))
                .bonus(random.nextBoolean() ? Bonus.percent("7.5") : Bonus.fixed(Credits.of(random.nextInt(0, 30))))
                .build();
    }

    /** The world of this seed, in memory. */
    public static Report run(long seed) {
        return run(seed, new InMemoryDatabase());
    }

    /** The world of this seed, in an empty database. */
    public static Report run(long seed, Database database) {
        return new Simulation(seed, database).live();
    }

    private Report live() {
        agenda.run(length);
        chances.end();
        cluster.endFaults();
        courier.endFaults();
        crowd.leave();
        agenda.run(HEALING);
        new Audit(world).run();
        if (courier.undelivered() > 0) {
            world.violated(courier.undelivered() + " reports were never accepted");
        }
        return new Report(
                seed,
                agenda.done(),
                crowd.debits(),
                world.watch.sends(),
                world.provider.captures().size(),
                world.checkouts.paid().size(),
                recoveries(),
                world.moneyBack.count(Reversal.Kind.REFUND),
                world.moneyBack.count(Reversal.Kind.DISPUTE),
                world.paidByHand.size(),
                count(EventType.VELOCITY_ALARM),
                chances.faults(),
                cluster.deaths(),
                fingerprint(),
                List.copyOf(world.violations()));
    }

    private long count(EventType type) {
        return world.heard.stream().filter(it -> it.startsWith(type + ":")).count();
    }

    /** Checkouts that paid a recharge. */
    private long recoveries() {
        return world.checkouts.paid().stream()
                .filter(it -> world.heard.contains(EventType.RECHARGE_PAID + ":" + it.request.checkout()))
                .count();
    }

    /** A digest of all ledgers: runs of one seed that differ anywhere differ here. */
    private int fingerprint() {
        return world.accounts.stream()
                .mapToInt(account -> world.database
                        .plain()
                        .ledger()
                        .entries(account, Long.MAX_VALUE, 1000)
                        .hashCode())
                .reduce((int) agenda.done(), (a, b) -> 31 * a + b);
    }
}
