package io.autorecharge.jdbc;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/** Events to deliver, and the ids of the provider's events that were handled. Thread-safe. */
final class EventRows {
    private static final String PUBLISH = """
            insert into auto_recharge_outbox
                (account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance,
                 reason, until_at, agreed_credits, agreed_bonus, agreed_minor, agreed_currency)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            {pg:on conflict do nothing}
            """;

    private static final String UNDELIVERED = """
            select account_id, event_id, type, happened_at, subject, credits, bonus, amount_minor, amount_currency, balance,
                   reason, until_at, agreed_credits, agreed_bonus, agreed_minor, agreed_currency
            from auto_recharge_outbox
            where delivered_at is null and happened_at < ?
            order by happened_at, event_id
            limit ?
            """;

    private static final String DELIVERED =
            "update auto_recharge_outbox set delivered_at = ? where event_id = ? and delivered_at is null";

    private static final String IS_HANDLED = "select 1 from auto_recharge_webhook_events where event_id = ?";

    private static final String HANDLED = """
            insert into auto_recharge_webhook_events (event_id, type, handled_at)
            values (?, ?, ?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update event_id = event_id}
            """;

    private final String publish;
    private final String handled;

    EventRows(SqlTemplates sql) {
        publish = sql.of(PUBLISH);
        handled = sql.of(HANDLED);
    }

    boolean publish(SqlSession session, AutoRechargeEvent event) {
        Money amount = event.amount();
        AgreedPackage agreed = event.agreedPackage();
        return session.inserted(
                publish,
                event.account(),
                event.id(),
                event.type(),
                event.at(),
                event.subject(),
                event.credits(),
                event.bonus(),
                amount == null ? null : amount.minorUnits(),
                amount == null ? null : amount.currencyCode(),
                event.balance(),
                SqlTexts.word(event.reason()),
                event.until(),
                agreed == null ? null : agreed.credits(),
                agreed == null ? null : agreed.bonus(),
                agreed == null ? null : agreed.price().minorUnits(),
                agreed == null ? null : agreed.price().currencyCode());
    }

    List<AutoRechargeEvent> undelivered(SqlSession session, Instant before, int limit) {
        return session.list(UNDELIVERED, EventRows::read, before, limit);
    }

    void delivered(SqlSession session, Collection<String> eventIds, Instant at) {
        session.batch(
                DELIVERED,
                eventIds.stream().sorted().map(id -> new Object[] {at, id}).toList());
    }

    boolean isHandled(SqlSession session, String webhookEventId) {
        return session.exists(IS_HANDLED, webhookEventId);
    }

    void handled(SqlSession session, String webhookEventId, String type, Instant at) {
        session.inserted(handled, webhookEventId, type, at);
    }

    private static AutoRechargeEvent read(SqlRow row) throws SQLException {
        Integer agreed = row.numberOrNull("agreed_credits");
        return new AutoRechargeEvent(
                row.text("event_id"),
                row.account("account_id"),
                row.word(EventType.class, "type"),
                row.time("happened_at"),
                row.textOrNull("subject"),
                row.creditsOrNull("credits"),
                row.creditsOrNull("bonus"),
                row.moneyOrNull("amount_minor", "amount_currency"),
                row.creditsOrNull("balance"),
                row.textOrNull("reason"),
                row.timeOrNull("until_at"),
                agreed == null
                        ? null
                        : new AgreedPackage(
                                agreed, row.credits("agreed_bonus"), row.money("agreed_minor", "agreed_currency")));
    }
}
