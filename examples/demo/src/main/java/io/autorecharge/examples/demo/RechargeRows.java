package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.examples.demo.ProfileView.RechargeRow;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.List;
import org.springframework.stereotype.Component;

/** Describes automatic recharges: what became of each, and which cards were tried. */
@Component
final class RechargeRows {
    private final AutoRecharge autoRecharge;

    RechargeRows(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    /** The newest recharges, newest first. */
    List<RechargeRow> newest(AccountId account, int limit, PaymentMethods methods) {
        return autoRecharge.recharges(account, limit).stream()
                .map(it -> row(it, attempts(it), methods))
                .toList();
    }

    private List<Attempt> attempts(RechargeWithAttempt found) {
        Attempt last = found.attempt();
        return last.number() == 1 ? List.of(last) : autoRecharge.attempts(last.account(), last.recharge());
    }

    private static RechargeRow row(RechargeWithAttempt found, List<Attempt> attempts, PaymentMethods methods) {
        boolean several = attempts.size() > 1;
        List<String> cards =
                attempts.stream().map(it -> AttemptWords.of(it, methods)).toList();
        Recharge recharge = found.recharge();
        return switch (recharge.state()) {
            case OPEN -> row(recharge, "busy", "Under way", several ? cards : List.of());
            case PAID -> row(recharge, "good", "Paid", several ? cards : List.of());
            case ABANDONED ->
                row(recharge, "off", "Not carried out", several ? cards : List.of("You were not charged."));
            case FAILED -> failed(recharge, attempts, several ? cards : List.of());
        };
    }

    private static RechargeRow failed(Recharge recharge, List<Attempt> attempts, List<String> cards) {
        if (attempts.stream().anyMatch(it -> it.state() == AttemptState.ACTION_REQUIRED)) {
            String wanted = Words.decline("authentication_required");
            return row(recharge, "bad", "Needs you", cards.isEmpty() ? List.of(wanted) : cards);
        }
        String why = Words.decline(attempts.get(attempts.size() - 1).detail());
        return row(recharge, "warn", "Declined", cards.isEmpty() ? List.of(why) : cards);
    }

    private static RechargeRow row(Recharge recharge, String look, String state, List<String> details) {
        String bought = recharge.credits() + (recharge.bonus().isZero() ? "" : " + " + recharge.bonus() + " bonus");
        return new RechargeRow(
                ProfileViews.when(recharge.openedAt()), look, state, bought, Words.money(recharge.price()), details);
    }
}
