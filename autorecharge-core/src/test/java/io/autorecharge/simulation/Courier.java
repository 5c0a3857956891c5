package io.autorecharge.simulation;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.testkit.Reports;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/** The provider: how cards answer, and webhooks that arrive late, twice, out of order, or never. */
final class Courier {
    private static final int MOST_TRIES = 20;

    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Cluster cluster;
    private final int lostPercent;
    private final int badPercent;
    private Consumer<ChargeRequest> waits = request -> {};
    private boolean prompt;
    private long undelivered;

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
                case 0 -> world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD);
                case 1 -> world.provider.declineNext(StopWatch.GONE, Kind.METHOD_UNUSABLE);
                case 2 -> {
                    world.provider.requireActionNext();
                    waits.accept(request);
                }
                case 3, 4 -> {
                    if (!prompt) {
                        process(request);
                    }
                }
                default -> world.provider.declineNext("insufficient_funds", Kind.SOFT);
            }
        }
        agenda.in(Duration.ofMillis(500), () -> report(request));
        if (random.nextInt(100) == 0) {
            agenda.in(within(Duration.ofDays(2)), () -> payManually(request));
        }
        if (random.nextInt(20) == 0) {
            Outcome forged = new Outcome.Paid(World.FORGED, request.amount().plus(request.amount()));
            send(library -> library.settle(Reports.charge(request, forged)));
        }
    }

    /** From here on every charge is decided immediately; charges in progress end within five days. */
    void endFaults() {
        prompt = true;
    }

    /** Who is notified of charges that require authentication. */
    void whenAuthenticationIsRequired(Consumer<ChargeRequest> value) {
        waits = value;
    }

    /** The customer authenticates a charge that was not cancelled; the provider reports such a payment until it is accepted. */
    void authenticate(ChargeRequest request) {
        if (world.authenticate(request)) {
            reportSurely(request);
        }
    }

    private void payManually(ChargeRequest request) {
        if (!prompt) {
            world.payManually(request);
            if (world.paidByHand.contains(request.attempt())) {
                reportSurely(request);
            }
        }
    }

    private void reportSurely(ChargeRequest request) {
        world.provider
                .known(request.attempt())
                .ifPresent(outcome -> sendSurely(library -> library.settle(Reports.charge(request, outcome))));
    }

    private void process(ChargeRequest request) {
        world.provider.processNext();
        boolean paid = random.nextInt(3) > 0;
        agenda.in(within(Duration.ofDays(5)), () -> {
            if (world.provider.known(request.attempt()).orElse(null) instanceof Outcome.Processing) {
                world.provider.finish(request.attempt(), paid);
                report(request);
            }
        });
    }

    private void report(ChargeRequest request) {
        world.provider
                .known(request.attempt())
                .ifPresent(outcome -> send(library -> library.settle(Reports.charge(request, outcome))));
    }

    void paid(String session) {
        world.checkouts.paid().stream()
                .filter(checkout -> checkout.session.equals(session))
                .forEach(checkout -> send(library ->
                        library.settle(Reports.checkout(checkout.request, checkout.session, checkout.payment()))));
    }

    /** Repeats the delivery until it is accepted. */
    void sendSurely(Consumer<AutoRecharge> delivery) {
        undelivered++;
        deliverSurely(delivery);
    }

    private void deliverSurely(Consumer<AutoRecharge> delivery) {
        if (cluster.call(delivery)) {
            undelivered--;
        } else {
            agenda.in(Duration.ofMinutes(10), () -> deliverSurely(delivery));
        }
    }

    /** How many deliveries were never accepted, despite all retries. */
    long undelivered() {
        return undelivered;
    }

    /** Delivers late, twice, out of order, or never. */
    void send(Consumer<AutoRecharge> delivery) {
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
