package io.autorecharge.examples.nemesis;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A proxy watch between a node and the provider, in the process of the node. Reaches {@link Step#G2} when the answer to a charge has
 * arrived and the node has read none of it, or when no answer arrives.
 */
final class AnswerWatch implements TcpProxy.Watch {
    private static final String CHARGE = "POST /v1/payment_intents HTTP";

    /** Far longer than the provider takes to capture, far shorter than the node waits. */
    private static final long NO_ANSWER_MILLIS = 500;

    private final Steps steps;
    private final AtomicBoolean charging = new AtomicBoolean();

    AnswerWatch(Steps steps) {
        this.steps = steps;
    }

    @Override
    public void toServer(String text) {
        if (text.startsWith(CHARGE)) {
            charging.set(true);
            CompletableFuture.delayedExecutor(NO_ANSWER_MILLIS, TimeUnit.MILLISECONDS)
                    .execute(this::reached);
        }
    }

    @Override
    public void toClient() {
        reached();
    }

    private void reached() {
        if (charging.getAndSet(false)) {
            steps.reached(Step.G2);
        }
    }
}
