package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import io.autorecharge.SteppedEngine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/** One process of the host: an engine with its own clock, on ports that can fail. */
final class Node {
    final String name;
    final PortCalls calls;
    final AutoRecharge library;
    private final SkewedClock clock;

    /** Whether its restart is scheduled. */
    boolean restarting;

    Node(World world, String name, FaultPlan plan, Consumer<Fault> meanwhile, Executor later) {
        this.name = name;
        this.calls = new PortCalls(plan, meanwhile);
        this.clock = new SkewedClock(world.time);
        Database.Ports ports = world.database.of(calls, world.watch, world.sweeps);
        NodeGateway gateway = new NodeGateway(world, calls);
        this.library = SteppedEngine.build(
                AutoRecharge.builder(world.policy, ports.store(), ports.ledger(), gateway)
                        .clock(clock)
                        .ids(world::nextId)
                        .listenerExecutor(Runnable::run)
                        .listener(event -> calls.run(Call.LISTENER, "listener", () -> world.heard.add(event.id()))),
                world.time::nanos,
                later,
                () -> calls.before(Call.TURN, "turn"));
    }

    boolean isDead() {
        return calls.isDead();
    }

    void skew(Duration by) {
        clock.skew = by;
    }

    /** Processes all due work, as the scheduler does. Failures are logged, as there. */
    void tick() {
        try {
            SteppedEngine.tick(library);
        } catch (NodeDied | RuntimeException e) {
            // The scheduler logs it and retries; a crashed node does not.
        }
    }

    private static final class SkewedClock extends Clock {
        private final Clock time;
        private Duration skew = Duration.ZERO;

        SkewedClock(Clock time) {
            this.time = time;
        }

        @Override
        public Instant instant() {
            return time.instant().plus(skew);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("UTC only");
        }
    }
}
