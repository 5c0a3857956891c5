package io.autorecharge.examples.nemesis;

import io.autorecharge.stripe.simulator.Fault;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Injects random faults into a site for a while, ends them, and audits the result. The seed determines the faults; the processes decide what follows. */
final class Nemesis implements AutoCloseable {
    private static final int NODES = 3;
    private static final List<Deed> DEEDS = Arrays.stream(Deed.values())
            .flatMap(deed -> java.util.Collections.nCopies(deed.weight, deed).stream())
            .toList();

    private final Random random;
    private final Site site;
    private final Postgres postgres;
    private final Neighbour neighbour;
    private final List<Slot> slots = new ArrayList<>();
    private final Map<Deed, Integer> done = new EnumMap<>(Deed.class);
    private final Set<String> violations = new TreeSet<>();

    Nemesis(long seed, Site site, Postgres postgres, Children children) throws IOException, SQLException {
        this.random = new Random(seed);
        this.site = site;
        this.postgres = postgres;
        Crowd.settle(site.library, site.provider);
        this.neighbour = new Neighbour(site, postgres);
        neighbour.start(seed);
        for (int i = 1; i <= NODES; i++) {
            Slot slot = new Slot(children, site, postgres, "node" + i);
            slots.add(slot);
            slot.start(random, null);
        }
        site.postman.route(new Anywhere());
    }

    /** @param findings of the audit, and the violations that the database showed during the run */
    record Result(
            Map<Deed, Integer> done,
            Map<Step, Integer> halted,
            long webhooks,
            long processes,
            long wrongClocks,
            long othersCaptures,
            Findings findings) {}

    Result run(Duration time) throws IOException, InterruptedException, SQLException {
        long end = System.nanoTime() + time.toNanos();
        for (int i = 1; System.nanoTime() < end; i++) {
            pause(300, 1200);
            inject(DEEDS.get(random.nextInt(DEEDS.size())));
            restartEnded(true);
            if (i % 10 == 0) {
                violations.addAll(site.breaches());
            }
        }
        endFaults();
        List<NodeProcess> nodes = slots.stream().map(Slot::node).toList();
        for (NodeProcess node : nodes) {
            if (!node.send("/quiet", "")) {
                violations.add("a debit had no answer at the end, although no fault was active");
            }
        }
        neighbour.quiet();
        site.rest(nodes, neighbour);
        return result();
    }

    private Result result() throws SQLException {
        List<Path> histories = slots.stream().map(Slot::history).toList();
        Application own = site.application();
        Application other = neighbour.application();
        Findings found = own.audit(histories, other.books());
        violations.addAll(found.violations());
        Findings others = other.audit(neighbour.histories(), own.books());
        others.violations().stream().map(it -> "the other application: " + it).forEach(violations::add);
        Set<String> shared = own.customers();
        shared.retainAll(other.customers());
        shared.forEach(it -> violations.add(it + " is a customer of both applications"));
        return new Result(
                done,
                halted(histories),
                site.postman.delivered(),
                slots.stream().mapToLong(Slot::processes).sum(),
                slots.stream().mapToLong(Slot::wrongClocks).sum(),
                others.captures(),
                found.with(new ArrayList<>(violations)));
    }

    private static Map<Step, Integer> halted(List<Path> histories) {
        Map<Step, Integer> counts = new EnumMap<>(Step.class);
        histories.forEach(history -> History.read(history).stream()
                .filter(line -> line[0].equals("halted"))
                .forEach(line -> counts.merge(Step.valueOf(line[1]), 1, Integer::sum)));
        return counts;
    }

    private void inject(Deed deed) throws IOException, InterruptedException, SQLException {
        Slot slot = slots.get(random.nextInt(NODES));
        boolean ofNode = deed == Deed.KILL || deed == Deed.PAUSE || deed == Deed.HANG_LISTENER;
        if ((ofNode && !slot.isAlive()) || (deed == Deed.PAUSE && slots.stream().anyMatch(Slot::isPaused))) {
            return;
        }
        done.merge(deed, 1, Integer::sum);
        switch (deed) {
            case KILL -> slot.node().kill();
            // Past the lease, so that other nodes take over; then the process continues where it was.
            case PAUSE -> slot.pause(Terms.LEASE.toMillis() * 3 / 2 + random.nextInt(3000));
            case RESTART_FAST -> postgres.restart(Postgres.Mode.FAST);
            case RESTART_IMMEDIATE -> postgres.restart(Postgres.Mode.IMMEDIATE);
            case CUT ->
                postgres.execute("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = '"
                        + site.name + "' and random() < 0.7");
            case DROP_DATABASE_TRAFFIC -> dropTraffic(slot.toDatabase);
            case DROP_PROVIDER_TRAFFIC -> dropTraffic(slot.toProvider);
            case BREAK_DATABASE -> slot.toDatabase.breakAll();
            case BREAK_PROVIDER -> slot.toProvider.breakAll();
            case FAULT -> fault();
            case HOLD_ROW -> holdRow();
            case HANG_LISTENER -> slot.hang(Duration.ofSeconds(3 + random.nextInt(20)));
        }
    }

    /** A transaction of the host that does nothing for a while, but holds what it has written. */
    private void holdRow() throws SQLException {
        Connection host = site.database.getConnection();
        host.setAutoCommit(false);
        try (PreparedStatement hold = host.prepareStatement("update credit_accounts set email = email where id = ?")) {
            hold.setString(1, Crowd.user(random).value());
            hold.execute();
        }
        later(1000 + random.nextInt(14_000), () -> {
            try (host) {
                host.rollback();
            } catch (SQLException e) {
                // PostgreSQL was restarted meanwhile, which ended the transaction too.
            }
        });
    }

    private void dropTraffic(TcpProxy network) {
        boolean late = random.nextBoolean();
        network.drop(true);
        later(500 + random.nextInt(5000), () -> {
            if (!late) {
                network.breakAll();
            }
            network.drop(false);
        });
    }

    private void fault() {
        Fault fault = Fault.values()[random.nextInt(Fault.values().length)];
        site.provider.fail(fault, 1 + random.nextInt(4));
        later(1000 + random.nextInt(4000), site.provider::release);
    }

    /** @param armed whether some of them are to end at a named step */
    private void restartEnded(boolean armed) {
        for (Slot slot : slots) {
            if (!slot.isStarting() && !slot.isAlive()) {
                slot.start(
                        random,
                        armed && random.nextInt(3) > 0 ? Step.values()[random.nextInt(Step.values().length)] : null);
            }
        }
    }

    /** Nothing is broken any more, and every node is one that lives on. */
    private void endFaults() throws IOException, InterruptedException {
        site.postman.route(null);
        site.provider.endFaults();
        for (Slot slot : slots) {
            slot.toDatabase.drop(false);
            slot.toProvider.drop(false);
            slot.awaitResumed();
            slot.node().kill();
        }
        restartEnded(false);
    }

    private void pause(int least, int more) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(least + random.nextInt(more)));
    }

    private static void later(long millis, Runnable task) {
        CompletableFuture.delayedExecutor(millis, TimeUnit.MILLISECONDS).execute(task);
    }

    @Override
    public void close() throws IOException, InterruptedException {
        neighbour.close();
        for (Slot slot : slots) {
            slot.node().kill();
            slot.close();
        }
    }

    /** A third of the webhooks are lost, a third arrive once, the others twice; some immediately, some late; at a random node. */
    private final class Anywhere implements Postman.Route {
        private final Random dice = new Random(random.nextLong());

        @Override
        public synchronized long[] delays(String account) {
            return dice.longs(dice.nextInt(3), 0, dice.nextBoolean() ? 100 : 6000)
                    .toArray();
        }

        @Override
        public synchronized int port(String account) {
            return slots.get(dice.nextInt(NODES)).port();
        }
    }
}
