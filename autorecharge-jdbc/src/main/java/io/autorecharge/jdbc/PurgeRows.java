package io.autorecharge.jdbc;

import io.autorecharge.event.Purgeable;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Deletes old rows. Candidates are read first, because not every database limits a deletion; the deletion checks their state again, since
 * a payment may be reported meanwhile. Thread-safe.
 */
final class PurgeRows {
    private static final String EVENTS = """
            select account_id, event_id
            from auto_recharge_outbox
            where delivered_at < ?
            order by delivered_at
            limit ?
            """;

    private static final String DELETE_EVENT = """
            delete from auto_recharge_outbox
            where account_id = ? and event_id = ? and delivered_at is not null
            """;

    private static final String WEBHOOKS = """
            select event_id
            from auto_recharge_webhook_events
            where handled_at < ?
            order by handled_at
            limit ?
            """;

    private static final String DELETE_WEBHOOK = "delete from auto_recharge_webhook_events where event_id = ?";

    // The last recharge of an account shows what happened, and a recharge with a checkout may still be paid.
    private static final String RECHARGES = """
            select r.account_id, r.id
            from auto_recharge_recharges r
            where r.state in ('FAILED', 'ABANDONED') and r.closed_at < ?
              and exists (
                  select 1 from auto_recharge_recharges later
                  where later.account_id = r.account_id and later.opened_at > r.opened_at)
              and not exists (
                  select 1 from auto_recharge_attempts t
                  where t.account_id = r.account_id and t.recharge_id = r.id
                    and (t.state in ('OPEN', 'PAID')
                         or exists (
                             select 1 from auto_recharge_recoveries v
                             where v.account_id = t.account_id and v.attempt_id = t.id)))
            order by r.closed_at
            limit ?
            """;

    private static final String DELETE_ATTEMPTS = """
            delete from auto_recharge_attempts
            where account_id = ? and recharge_id = ? and state not in ('OPEN', 'PAID')
            """;

    private static final String DELETE_RECHARGE = """
            delete from auto_recharge_recharges
            where account_id = ? and id = ? and state in ('FAILED', 'ABANDONED')
              and not exists (
                  select 1 from auto_recharge_attempts t
                  where t.account_id = auto_recharge_recharges.account_id and t.recharge_id = auto_recharge_recharges.id)
            """;

    private static final String CARD_ATTEMPTS = """
            select c.fingerprint, c.attempt_id
            from auto_recharge_card_attempts c
            where c.opened_at < ?
              and not exists (
                  select 1 from auto_recharge_attempts t
                  where t.account_id = c.account_id and t.id = c.attempt_id and t.state = 'OPEN')
            order by c.opened_at
            limit ?
            """;

    private static final String DELETE_CARD_ATTEMPT =
            "delete from auto_recharge_card_attempts where fingerprint = ? and attempt_id = ?";

    /** @return how many rows were found, which is less than the limit when no more are left */
    int purge(SqlSession session, Purgeable what, Instant before, int limit) {
        return switch (what) {
            case DELIVERED_EVENTS ->
                delete(
                        session,
                        session.list(
                                EVENTS,
                                row -> new Object[] {row.account("account_id"), row.text("event_id")},
                                before,
                                limit),
                        DELETE_EVENT);
            case HANDLED_WEBHOOKS ->
                delete(
                        session,
                        session.list(WEBHOOKS, row -> new Object[] {row.text("event_id")}, before, limit),
                        DELETE_WEBHOOK);
            case FAILED_RECHARGES ->
                delete(
                        session,
                        session.list(
                                RECHARGES,
                                row -> new Object[] {row.account("account_id"), row.text("id")},
                                before,
                                limit),
                        DELETE_ATTEMPTS,
                        DELETE_RECHARGE);
            case CARD_ATTEMPTS ->
                delete(
                        session,
                        session.list(
                                CARD_ATTEMPTS,
                                row -> new Object[] {row.text("fingerprint"), row.text("attempt_id")},
                                before,
                                limit),
                        DELETE_CARD_ATTEMPT);
        };
    }

    private static int delete(SqlSession session, List<@Nullable Object[]> keys, String... statements) {
        if (!keys.isEmpty()) {
            for (String statement : statements) {
                session.batch(statement, keys);
            }
        }
        return keys.size();
    }
}
