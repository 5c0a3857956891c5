package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The provider's side: what cards answer, and webhooks that come late, twice, out of order, or not at all. */
final class Courier {
    private static final int MOST_TRIES = 20;

    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Cluster cluster;
    private final int lostPercent;
    private final int badPercent;
    private boolean prompt;

    Courier(World world, Agenda agenda, SplittableRandom random, Cluster cluster) {
        this.world = world;
        this.agenda = agenda;
        this.random = random;
        this.cluster = cluster;
        this.lostPercent = random.nextInt(0, 101);
        this.badPercent = random.nextInt(0, 40);
        world.provider.decideBy(this::decide);
    }

    private void decide(ChargeRequest request) {
        if (random.nextInt(100) < badPercent) {
            switch (random.nextInt(8)) {
                case 0 -> world.provider.declineNext("stolen_card", Kind.HARD);
                case 1 -> world.provider.declineNext("detached", Kind.METHOD_UNUSABLE);
                case 2 -> world.provider.requireActionNext();
                case 3, 4 -> {
                    if (!prompt) {
                        process(request);
                    }
                }
                default -> world.provider.declineNext("insufficient_funds", Kind.SOFT);
            }
        }
        agenda.in(Duration.ofMillis(500), () -> tell(request));
        if (random.nextInt(20) == 0) {
            Outcome forged = new Outcome.Paid(World.FORGED, request.amount().plus(request.amount()));
            send(library -> library.settle(request.account(), request.attempt(), forged));
        }
    }

    /** From here on every charge is decided at once; what is on its way ends within five days. */
    void heal() {
        prompt = true;
    }

    private void process(ChargeRequest request) {
        world.provider.processNext();
        boolean paid = random.nextInt(3) > 0;
        agenda.in(within(Duration.ofDays(5)), () -> {
            if (world.provider.lookUp(request) instanceof LookUp.Found found
                    && found.outcome() instanceof Outcome.Processing) {
                world.provider.finish(request.attempt(), paid);
                tell(request);
            }
        });
    }

    private void tell(ChargeRequest request) {
        if (world.provider.lookUp(request) instanceof LookUp.Found found) {
            send(library -> library.settle(request.account(), request.attempt(), found.outcome()));
        }
    }

    void paid(String session) {
        world.pages.paid().stream()
                .filter(page -> page.session.equals(session))
                .forEach(page ->
                        send(library -> library.settle(page.account(), page.request.checkout(), page.payment())));
    }

    private void send(Consumer<AutoRecharge> delivery) {
        for (int copies = random.nextInt(1, 4); copies > 0; copies--) {
            if (random.nextInt(100) >= lostPercent) {
                Duration late = random.nextInt(4) == 0 ? Duration.ofDays(3) : Duration.ofSeconds(5);
                agenda.in(within(late), () -> deliver(delivery, 0));
            }
        }
    }

    private void deliver(Consumer<AutoRecharge> delivery, int tries) {
        if (!cluster.call(delivery) && tries < MOST_TRIES) {
            agenda.in(Duration.ofMinutes(10L * (tries + 1)), () -> deliver(delivery, tries + 1));
        }
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
