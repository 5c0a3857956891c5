package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static io.autorecharge.Rig.CARD;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.MethodDetacher;
import io.autorecharge.internal.account.RemovedMethods;
import io.autorecharge.internal.pacing.RateLimiter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Methods that users remove are detached at the provider too, if the host wants that. */
class DetachedMethodsTest {
    private final Rig rig = new Rig().alone();
    private final List<String> detached = new ArrayList<>();
    private boolean broken;
    private boolean mayChange = true;

    @AfterEach
    void close() {
        rig.close();
    }

    private final MethodDetacher detacher = (customer, method) -> {
        if (broken) {
            throw new GatewayException(false, "broken by the test", null);
        }
        detached.add(customer + " " + method);
    };

    private RemovedMethods listener() {
        return new RemovedMethods(rig.store, detacher, new RateLimiter(100_000, System::nanoTime), () -> mayChange);
    }

    private AutoRechargeEvent removal() {
        return rig.events.stream()
                .filter(it -> it.type() == EventType.METHODS_CHANGED && "REMOVED".equals(it.reason()))
                .findFirst()
                .orElseThrow();
    }

    private void removed() {
        rig.enabled(ALICE, "500");
        rig.library.addPaymentMethod(ALICE, new PaymentMethod("cus_1", "pm_2", "visa", "1", "fp_2"));
        rig.library.removePaymentMethod(ALICE, CARD.id());
    }

    @Test
    void the_event_of_a_removal_detaches_the_method_of_the_accounts_customer() {
        removed();

        rig.events.forEach(listener()::onEvent);

        assertThat(detached).containsExactly("cus_1 pm_1");
    }

    @Test
    void a_failure_has_the_event_delivered_again() {
        removed();
        broken = true;

        assertThatThrownBy(() -> listener().onEvent(removal())).isInstanceOf(GatewayException.class);
        broken = false;
        listener().onEvent(removal());

        assertThat(detached).hasSize(1);
    }

    @Test
    void a_method_that_was_added_again_meanwhile_stays() {
        removed();
        rig.library.addPaymentMethod(ALICE, CARD);

        listener().onEvent(removal());

        assertThat(detached).isEmpty();
    }

    @Test
    void a_copy_of_the_database_detaches_nothing() {
        removed();
        mayChange = false;

        listener().onEvent(removal());

        assertThat(detached).isEmpty();
    }

    @Test
    void a_gateway_that_cannot_detach_is_refused_by_its_setting() {
        assertThatThrownBy(() ->
                        AutoRecharge.builder(rig.policy, rig.store, rig.gateway).detachRemovedMethods(true))
                .isInstanceOfSatisfying(
                        InvalidValueException.class, e -> assertThat(e.field()).isEqualTo("detachRemovedMethods"));
    }
}
