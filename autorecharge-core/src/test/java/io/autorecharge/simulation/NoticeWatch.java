package io.autorecharge.simulation;

import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.account.Announcement;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import java.time.Instant;
import java.util.Set;
import java.util.function.Consumer;

/** Where charges are announced: each request was announced, its time is over by every clock, and the customer heard of it. */
final class NoticeWatch {
    private final RechargePolicy policy;
    private final Consumer<String> violated;

    NoticeWatch(RechargePolicy policy, Consumer<String> violated) {
        this.policy = policy;
        this.violated = violated;
    }

    /** A node sends this request at this time. */
    void sent(ChargeRequest request, RechargeStore store, Instant now) {
        if (policy.noticeBefore() != null) {
            store.recharges(request.account(), 3).stream()
                    .filter(it -> it.attempt().id().equals(request.attempt()))
                    .forEach(it -> check(request, it.recharge().announced(), now));
        }
    }

    private void check(ChargeRequest request, Announcement announced, Instant now) {
        if (announced == null) {
            violated.accept("attempt " + request.attempt() + " was sent and never announced");
            return;
        }
        Instant slowest = now.minus(AutoRechargeBuilder.DEFAULT_CLOCK_TOLERANCE);
        if (slowest.isBefore(announced.notBefore())) {
            violated.accept(
                    "attempt " + request.attempt() + " was sent at " + now + ", and announced for " + announced);
        }
        String card = request.paymentMethodId().equals(Stage.CARD.id()) ? Stage.CARD.card() : Stage.OTHER_CARD.card();
        if (announced.max().isLessThan(request.amount()) || !announced.cards().contains(card)) {
            violated.accept("attempt " + request.attempt() + " differs from what was announced: " + announced);
        }
    }

    /** What every listener was told in the end. */
    void heard(RechargeWithAttempt recharge, Set<String> events) {
        Announcement announced = recharge.recharge().announced();
        if (announced == null) {
            return;
        }
        String event = EventType.RECHARGE_ANNOUNCED + ":" + recharge.recharge().account() + "/" + announced.at() + "/";
        if (events.stream().noneMatch(it -> it.startsWith(event))) {
            violated.accept("nobody heard of " + announced);
        }
    }
}
