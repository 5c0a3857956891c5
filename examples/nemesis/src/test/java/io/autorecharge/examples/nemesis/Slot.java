package io.autorecharge.examples.nemesis;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A place for a node, with its own network to the database and to the provider. Its processes end and are replaced; the place stays. */
final class Slot implements AutoCloseable {
    /** How far the clock of most nodes may differ from the system clock. */
    private static final int MOST_SKEW_MILLIS = 1000;

    /** One of so many processes starts with a clock that is a day off. */
    private static final int STARTS = 3;

    private static final int WRONG_CLOCKS = 8;

    private final Children children;
    private final Site site;
    private final String name;
    final TcpProxy toDatabase;
    final TcpProxy toProvider;
    private volatile CompletableFuture<NodeProcess> starting;
    private Process pause;
    private long processes;
    private long wrongClocks;

    Slot(Children children, Site site, Postgres postgres, String name) throws IOException {
        this.children = children;
        this.site = site;
        this.name = name;
        this.toDatabase = new TcpProxy(postgres.port(), null);
        this.toProvider = new TcpProxy(site.provider.port(), null);
    }

    /** Starts a process without waiting for it; see {@link #node}. @param step at which it ends; null for none */
    void start(Random random, Step step) {
        processes++;
        NodeArguments arguments = new NodeArguments(
                toDatabase.port(),
                site.name,
                toProvider.port(),
                history(),
                site.ahead().plus(skew(random, step != null)),
                Terms.PATIENCE,
                1 + random.nextInt(Integer.MAX_VALUE),
                true,
                step,
                1 + random.nextInt(3));
        starting = CompletableFuture.supplyAsync(() -> started(arguments), task -> new Thread(task).start());
    }

    /** @param mayBeWrong not for a process that lives on to the end */
    private Duration skew(Random random, boolean mayBeWrong) {
        Duration little = Duration.ofMillis(random.nextInt(2 * MOST_SKEW_MILLIS) - MOST_SKEW_MILLIS);
        if (!mayBeWrong || random.nextInt(WRONG_CLOCKS) > 0) {
            return little;
        }
        wrongClocks++;
        return little.plus(Duration.ofDays(random.nextBoolean() ? 1 : -1));
    }

    /** A process that ends before it is ready, because it found no database for too long, is started again as by a supervisor. */
    private NodeProcess started(NodeArguments arguments) {
        IOException last = null;
        for (int i = 0; i < STARTS; i++) {
            try {
                return NodeProcess.start(children, site.name + "-" + name, arguments);
            } catch (IOException e) {
                last = e;
            }
        }
        throw new UncheckedIOException(last);
    }

    Path history() {
        return site.history(name);
    }

    /** The node that runs here, or ran here last; waits for one that is starting. */
    NodeProcess node() {
        return starting.join();
    }

    boolean isStarting() {
        return !starting.isDone();
    }

    boolean isAlive() {
        return !isStarting() && node().isAlive();
    }

    /** The current port of the node; 0 while there is none. */
    int port() {
        CompletableFuture<NodeProcess> now = starting;
        return now.isDone() ? now.join().port() : 0;
    }

    boolean isPaused() {
        return pause != null && pause.isAlive();
    }

    void pause(long millis) throws IOException {
        pause = Children.pause(node().process(), millis);
    }

    /** The node's listener does not return for a while; a node that is paused or has just ended misses it. */
    void hang(Duration time) {
        NodeProcess node = node();
        CompletableFuture.runAsync(() -> {
            try {
                node.send("/hang", time.toString());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** Waits until a paused process has resumed. */
    void awaitResumed() throws InterruptedException {
        if (pause != null && !pause.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(name + " was not resumed");
        }
    }

    /** How many processes ran here with a clock that was a day off. */
    long wrongClocks() {
        return wrongClocks;
    }

    /** How many processes ran here. */
    long processes() {
        return processes;
    }

    @Override
    public void close() throws IOException {
        toDatabase.close();
        toProvider.close();
    }
}
