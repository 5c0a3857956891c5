package io.autorecharge;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Suspension;
import io.autorecharge.store.AccountState;
import io.autorecharge.store.AccountTransaction;
import java.time.Instant;
import java.util.List;

/** Ends what stopped an account. */
final class Stops {
    private Stops() {}

    /** Ends suspension and back-off; tells of it when there was a suspension. */
    static void resume(
            AccountTransaction tx, int declinesKept, Instant now, String key, List<AutoRechargeEvent> events) {
        AccountState before = tx.account().state();
        tx.save(before.resumed(declinesKept));
        Suspension stop = before.suspension();
        if (stop != null) {
            events.add(of(EventType.RESUMED, tx.account().id(), key, now)
                    .because(stop.reason().name()));
        }
    }
}
