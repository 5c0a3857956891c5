package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.AttemptProgress;
import io.autorecharge.store.AttemptState;
import io.autorecharge.store.AttemptTerms;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.store.Trigger;
import java.sql.SQLException;

/** A recharge and one of its attempts, as they are read together. */
final class RechargeRows {
    static final String SELECT = """
            select r.account_id, r.id as recharge_id, r.triggered_by, r.state as recharge_state, r.package_credits,
                   r.credits, r.bonus, r.price_minor, r.price_currency, r.balance, r.opened_at,
                   r.closed_at as recharge_closed_at, r.max_attempts, r.consent_number, r.announced_at, r.announced_for,
                   r.announced_max_minor, r.announced_currency, r.announced_credits, r.announced_price_minor, r.announced_cards,
                   a.id as attempt_id, a.attempt_number, a.customer_id, a.payment_method_id, a.fingerprint,
                   a.amount_minor, a.amount_currency, a.description, a.state as attempt_state, a.sends, a.refusals, a.looks,
                   a.in_doubt, a.first_sent_at, a.last_sent_at, a.look_at, a.provider_reference, a.detail, a.closed_at,
                   a.installation_id
            from auto_recharge_recharges r
            join auto_recharge_attempts a on a.account_id = r.account_id and a.recharge_id = r.id
            """;

    private RechargeRows() {}

    static RechargeWithAttempt read(SqlRow row) throws SQLException {
        AccountId account = row.account("account_id");
        RechargeId id = new RechargeId(row.text("recharge_id"));
        Recharge recharge = new Recharge(
                account,
                id,
                row.word(Trigger.class, "triggered_by"),
                row.word(RechargeState.class, "recharge_state"),
                row.number("package_credits"),
                row.credits("credits"),
                row.credits("bonus"),
                row.money("price_minor", "price_currency"),
                row.credits("balance"),
                row.time("opened_at"),
                row.timeOrNull("recharge_closed_at"),
                row.number("max_attempts"),
                AnnouncementColumns.read(row),
                row.numberOrNull("consent_number"));
        Attempt attempt = new Attempt(
                new AttemptTerms(
                        account,
                        id,
                        new AttemptId(row.text("attempt_id")),
                        row.number("attempt_number"),
                        row.text("customer_id"),
                        row.text("payment_method_id"),
                        row.textOrNull("fingerprint"),
                        row.money("amount_minor", "amount_currency"),
                        row.text("description"),
                        InstallationId.ofNullable(row.textOrNull("installation_id"))),
                new AttemptProgress(
                        row.word(AttemptState.class, "attempt_state"),
                        row.number("sends"),
                        row.number("refusals"),
                        row.number("looks"),
                        row.flag("in_doubt"),
                        row.time("first_sent_at"),
                        row.time("last_sent_at"),
                        row.time("look_at"),
                        row.textOrNull("provider_reference"),
                        row.textOrNull("detail"),
                        row.timeOrNull("closed_at")));
        return new RechargeWithAttempt(recharge, attempt);
    }
}
