package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.AutoRechargeListener;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.MethodDetacher;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.store.RechargeStore;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Detaches the payment methods that users remove at the provider too. It follows the stored event of the removal, which is delivered until this
 * has succeeded: no crash between the removal and the request loses it.
 */
public final class RemovedMethods implements AutoRechargeListener {
    private static final Logger log = LoggerFactory.getLogger(RemovedMethods.class);

    private final RechargeStore store;
    private final MethodDetacher detacher;
    private final RateLimiter rateLimiter;
    private final BooleanSupplier mayChangeProvider;

    /** @param mayChangeProvider false while the database may be a copy, whose users removed nothing */
    public RemovedMethods(
            RechargeStore store, MethodDetacher detacher, RateLimiter rateLimiter, BooleanSupplier mayChangeProvider) {
        this.store = store;
        this.detacher = detacher;
        this.rateLimiter = rateLimiter;
        this.mayChangeProvider = mayChangeProvider;
    }

    @Override
    public void onEvent(AutoRechargeEvent event) {
        String method = event.subject();
        if (event.type() != EventType.METHODS_CHANGED || !MethodList.REMOVED.equals(event.reason()) || method == null) {
            return;
        }
        String customer = store.find(event.account()).map(Account::customerId).orElse(null);
        boolean addedAgain = store.methods(event.account()).contains(method);
        if (customer == null || addedAgain || !mayChangeProvider.getAsBoolean()) {
            return;
        }
        rateLimiter.acquire();
        detacher.detach(customer, method);
        log.info("account={} method={} was removed, and is detached at the provider", event.account(), method);
    }
}
