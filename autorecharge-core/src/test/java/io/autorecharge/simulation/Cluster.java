package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The host's nodes: they take turns at the scheduler, their clocks differ, they die and are started again. */
final class Cluster {
    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Chances chances;
    private final Duration poll;
    private final Duration greatestSkew;
    private final List<Node> nodes = new ArrayList<>();
    private boolean healed;
    private long deaths;

    Cluster(World world, Agenda agenda, SplittableRandom random, Chances chances, int size) {
        this.world = world;
        this.agenda = agenda;
        this.random = random;
        this.chances = chances;
        this.poll = Duration.ofSeconds(random.nextInt(60, 1200));
        this.greatestSkew = Duration.ofSeconds(random.nextInt(1, 600));
        for (int i = 0; i < size; i++) {
            int slot = i;
            nodes.add(start(slot));
            agenda.in(within(poll), () -> turn(slot));
            agenda.in(within(Duration.ofDays(2)), () -> killed(slot));
        }
    }

    /** @return whether the call came to its end; a caller may come again when not */
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
            buried(slot, node);
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
        node.skew(healed ? Duration.ZERO : within(greatestSkew.multipliedBy(2)).minus(greatestSkew));
        return node;
    }

    /** A pause in the midst of a call: most are short, some outlast the lease. */
    private void heldUp(Fault how) {
        Duration most = Duration.ofSeconds(random.nextInt(4) == 0 ? 900 : 20);
        agenda.run(within(how == Fault.A_DAY_PASSES ? Duration.ofHours(30) : most));
    }

    private void run(int slot, Node node, Runnable task) {
        if (!node.isDead()) {
            task.run();
            buried(slot, node);
        }
    }

    private void turn(int slot) {
        Node node = nodes.get(slot);
        if (!node.isDead()) {
            node.tick();
            buried(slot, node);
        }
        agenda.in(poll, () -> turn(slot));
    }

    private void killed(int slot) {
        Node node = nodes.get(slot);
        if (!healed && !node.isDead()) {
            node.calls.die("from outside");
            buried(slot, node);
        }
        agenda.in(within(Duration.ofDays(4)), () -> killed(slot));
    }

    /** A dead node is started again after a while, by whoever sees it first. */
    private void buried(int slot, Node node) {
        if (node.isDead() && nodes.get(slot) == node && !node.buried) {
            node.buried = true;
            deaths++;
            agenda.in(healed ? Duration.ZERO : within(Duration.ofHours(2)), () -> nodes.set(slot, start(slot)));
        }
    }

    /** From here on no node dies and all clocks agree. */
    void heal() {
        healed = true;
        nodes.forEach(node -> node.skew(Duration.ZERO));
    }

    long deaths() {
        return deaths;
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
