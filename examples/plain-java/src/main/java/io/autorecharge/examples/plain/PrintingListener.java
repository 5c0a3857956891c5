package io.autorecharge.examples.plain;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.EventType;
import java.io.PrintStream;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Prints events, and lets others wait for them. A host would notify its users here. An event may be delivered more than once, with the same id.
 */
final class PrintingListener implements AutoRechargeListener {
    private static final int MINUTES = 10;

    private final Map<EventType, CountDownLatch> happened = new EnumMap<>(EventType.class);
    private final PrintStream out;

    PrintingListener(PrintStream out) {
        this.out = out;
        for (EventType type : EventType.values()) {
            happened.put(type, new CountDownLatch(1));
        }
    }

    @Override
    public void onEvent(AutoRechargeEvent event) {
        out.println(event.type() + " " + event.account() + ": " + event.credits() + " + " + event.bonus() + " credits");
        latch(event.type()).countDown();
    }

    /** @throws IllegalStateException when it has not happened after ten minutes */
    void await(EventType type) throws InterruptedException {
        if (!latch(type).await(MINUTES, TimeUnit.MINUTES)) {
            throw new IllegalStateException("no " + type + " within " + MINUTES + " minutes");
        }
    }

    private CountDownLatch latch(EventType type) {
        CountDownLatch latch = happened.get(type);
        if (latch == null) {
            throw new IllegalStateException("no latch for " + type);
        }
        return latch;
    }
}
