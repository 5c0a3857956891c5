package io.autorecharge.stripe.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.stripe.simulator.PaymentIntent.Status;
import io.autorecharge.stripe.simulator.Payments.Occasion;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EventBufferTest {

    @Test
    void a_receiver_that_fetches_the_payment_finds_it_paid() {
        SimulatorClock clock = new SimulatorClock(Clock.systemUTC());
        Store store = new Store();
        EventLog events = new EventLog(clock);
        Views views = new Views(store, "http://127.0.0.1");
        SimulatorHistory history = new SimulatorHistory();
        Payments payments = new Payments(
                store,
                new Issuer(clock),
                history,
                events,
                clock,
                views,
                new MethodChanges(store, events),
                new Mandates(store, events, clock),
                new Disputes(store, history, events, clock, new FraudWarnings(store, events, clock)));
        PaymentMethod method = new Methods(store, clock).add(TestCard.VISA);
        PaymentIntent.Terms terms = new PaymentIntent.Terms(
                "pi_1", clock.seconds(), 1500, "usd", null, null, null, null, null, "never", Map.of(), "secret");
        payments.create(terms, method.id(), Trace.NONE);
        List<Status> found = new ArrayList<>();
        events.listen(event -> found.add(store.intents.get("pi_1").status()));

        payments.confirm("pi_1", method, new Occasion(true, false, null, Trace.NONE));

        assertThat(found).containsExactly(Status.SUCCEEDED, Status.SUCCEEDED);
    }
}
