package io.autorecharge.simulation;

import io.autorecharge.testkit.Reports;

import io.autorecharge.AutoRecharge;
import io.autorecharge.gateway.ChargeRequest;
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
        agenda.in(Duration.ofMillis(500), () -> tell(request));
        if (random.nextInt(100) == 0) {
            agenda.in(within(Duration.ofDays(2)), () -> payByHand(request));
        }
        if (random.nextInt(20) == 0) {
            Outcome forged = new Outcome.Paid(World.FORGED, request.amount().plus(request.amount()));
            send(library -> library.settle(Reports.charge(request, forged)));
        }
    }

    /** From here on every charge is decided at once; what is on its way ends within five days. */
    void heal() {
        prompt = true;
    }

    /** Who hears of charges that wait for their customer. */
    void whenCustomerIsWanted(Consumer<ChargeRequest> value) {
        waits = value;
    }

    /** The customer authenticates a charge that nobody has cancelled yet; of such a payment the provider tells for sure. */
    void authenticate(ChargeRequest request) {
        if (world.authenticate(request)) {
            tellSurely(request);
        }
    }

    private void payByHand(ChargeRequest request) {
        if (!prompt) {
            world.payByHand(request);
            if (world.paidByHand.contains(request.attempt())) {
                tellSurely(request);
            }
        }
    }

    private void tellSurely(ChargeRequest request) {
        world.provider
                .known(request.attempt())
                .ifPresent(outcome ->
                        sendSurely(library -> library.settle(Reports.charge(request, outcome))));
    }

    private void process(ChargeRequest request) {
        world.provider.processNext();
        boolean paid = random.nextInt(3) > 0;
        agenda.in(within(Duration.ofDays(5)), () -> {
            if (world.provider.known(request.attempt()).orElse(null) instanceof Outcome.Processing) {
                world.provider.finish(request.attempt(), paid);
                tell(request);
            }
        });
    }

    private void tell(ChargeRequest request) {
        world.provider
                .known(request.attempt())
                .ifPresent(outcome -> send(library -> library.settle(Reports.charge(request, outcome))));
    }

    void paid(String session) {
        world.pages.paid().stream()
                .filter(page -> page.session.equals(session))
                .forEach(page ->
                        send(library -> library.settle(Reports.checkout(page.request, page.session, page.payment()))));
    }

    /** Comes again until it was taken. */
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

    /** How much was never taken, though it came again and again. */
    long undelivered() {
        return undelivered;
    }

    /** Late, twice, out of order, or not at all. */
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
