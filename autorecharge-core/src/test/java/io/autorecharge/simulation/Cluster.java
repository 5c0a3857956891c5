package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The host's nodes: they run their schedulers in turn, their clocks differ, they crash and are restarted. */
final class Cluster {
    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Chances chances;
    private final Duration poll;
    private final Duration greatestSkew;
    private final List<Node> nodes = new ArrayList<>();
    private boolean faultsEnded;
    private long deaths;

    Cluster(World world, Agenda agenda, SplittableRandom random, Chances chances, int size) {
        this.world = world;
        this.agenda = agenda;
        this.random = random;
        this.chances = chances;
        this.poll = Duration.ofSeconds(random.nextInt(60, 1200));
        // In some worlds clocks are a day off: such a node must do no harm.
        this.greatestSkew = random.nextInt(3) == 0 ? Duration.ofDays(1) : Duration.ofSeconds(random.nextInt(1, 600));
        world.watch.stops.clocksDiffer(greatestSkew.multipliedBy(2));
        for (int i = 0; i < size; i++) {
            int slot = i;
            nodes.add(start(slot));
            agenda.in(within(poll), () -> turn(slot));
            agenda.in(within(Duration.ofDays(2)), () -> killed(slot));
        }
    }

    /** @return whether the call completed; if not, a caller may retry */
    boolean call(Consumer<AutoRecharge> act) {
        int slot = random.nextInt(nodes.size());
        Node node = nodes.get(slot);
        if (node.isDead()) {
            return false;
        }
        try {
            act.accept(node.library);
            return true;
        } catch (NodeDied | RuntimeException e) {
            return false;
        } finally {
            restartIfDead(slot, node);
        }
    }

    private Node start(int slot) {
        Node[] self = new Node[1];
        Node node = new Node(
                world,
                "node-" + slot,
                chances,
                this::heldUp,
                task -> agenda.in(within(Duration.ofSeconds(3)), () -> run(slot, self[0], task)));
        self[0] = node;
        node.skew(
                faultsEnded
                        ? Duration.ZERO
                        : within(greatestSkew.multipliedBy(2)).minus(greatestSkew));
        return node;
    }

    /** A pause within a call: most are short, some outlast the lease. */
    private void heldUp(Fault how) {
        Duration most = Duration.ofSeconds(random.nextInt(4) == 0 ? 900 : 20);
        agenda.run(within(how == Fault.A_DAY_PASSES ? Duration.ofHours(30) : most));
    }

    private void run(int slot, Node node, Runnable task) {
        if (!node.isDead()) {
            task.run();
            restartIfDead(slot, node);
        }
    }

    private void turn(int slot) {
        Node node = nodes.get(slot);
        if (!node.isDead()) {
            node.tick();
            restartIfDead(slot, node);
        }
        agenda.in(poll, () -> turn(slot));
    }

    private void killed(int slot) {
        Node node = nodes.get(slot);
        if (!faultsEnded && !node.isDead()) {
            node.calls.die("from outside");
            restartIfDead(slot, node);
        }
        agenda.in(within(Duration.ofDays(4)), () -> killed(slot));
    }

    /** Restarts a crashed node after a while. */
    private void restartIfDead(int slot, Node node) {
        if (node.isDead() && nodes.get(slot) == node && !node.restarting) {
            node.restarting = true;
            deaths++;
            agenda.in(faultsEnded ? Duration.ZERO : within(Duration.ofHours(2)), () -> nodes.set(slot, start(slot)));
        }
    }

    /** From here on no node crashes and all clocks agree. */
    void endFaults() {
        faultsEnded = true;
        nodes.forEach(node -> node.skew(Duration.ZERO));
    }

    long deaths() {
        return deaths;
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
