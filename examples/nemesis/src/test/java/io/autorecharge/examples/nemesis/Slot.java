package io.autorecharge.examples.nemesis;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** A place where a node runs, with a network of its own to the database and to the provider: its process changes, the place stays. */
final class Slot implements AutoCloseable {
    private final Children children;
    private final Site site;
    private final String name;
    final TcpProxy toDatabase;
    final TcpProxy toProvider;
    private NodeProcess node;
    private Process pause;
    private long processes;

    Slot(Children children, Site site, Postgres postgres, String name) throws IOException {
        this.children = children;
        this.site = site;
        this.name = name;
        this.toDatabase = new TcpProxy(postgres.port(), null);
        this.toProvider = new TcpProxy(site.provider.port(), null);
    }

    /** @param step at which it ends; null for none */
    void start(Random random, Step step) throws IOException {
        processes++;
        NodeProcess started = NodeProcess.start(
                children,
                site.name + "-" + name,
                new NodeArguments(
                        toDatabase.port(),
                        site.name,
                        toProvider.port(),
                        history(),
                        site.ahead(),
                        1 + random.nextInt(Integer.MAX_VALUE),
                        true,
                        step,
                        1 + random.nextInt(5)));
        synchronized (this) {
            node = started;
        }
    }

    Path history() {
        return site.history(name);
    }

    synchronized NodeProcess node() {
        return node;
    }

    boolean isAlive() {
        return node().isAlive();
    }

    boolean isPaused() {
        return pause != null && pause.isAlive();
    }

    void pause(long millis) throws IOException {
        pause = Children.pause(node().process(), millis);
    }

    /** Waits for the end of a pause that is going on. */
    void awaitResumed() throws InterruptedException {
        if (pause != null && !pause.waitFor(1, TimeUnit.MINUTES)) {
            throw new IllegalStateException(name + " was not let go on");
        }
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
