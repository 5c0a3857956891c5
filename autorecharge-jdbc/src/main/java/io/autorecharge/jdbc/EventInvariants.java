package io.autorecharge.jdbc;

/** What has happened was reported. Events are kept for longer than 60 days. */
final class EventInvariants {
    static final String ENDS_ARE_REPORTED = """
            select r.account_id, concat('recharge ', r.id, ' is ', r.state, ' since ', r.closed_at, ', and no event says so') as details
            from auto_recharge_recharges r
            where r.opened_at > :now-60d and r.closed_at is not null
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = r.account_id and e.subject = r.id
                    and (e.happened_at = r.closed_at
                         or exists (
                             select 1 from auto_recharge_attempts o
                             where o.account_id = r.account_id and o.recharge_id = r.id and o.closed_at = r.closed_at
                               and r.max_attempts > 1
                               and exists (
                                   select 1 from auto_recharge_attempts n
                                   where n.account_id = r.account_id and n.recharge_id = r.id and n.attempt_number > 1)))
                    and ((r.state = 'PAID' and e.type = 'RECHARGE_PAID')
                         or (r.state = 'FAILED' and e.type in ('RECHARGE_DECLINED', 'AUTHENTICATION_REQUIRED'))
                         or (r.state = 'ABANDONED' and e.type = 'RECHARGE_ABANDONED')))
            union all
            select t.account_id, concat('attempt ', t.id, ' is ', t.state, ' since ', t.closed_at, ', and no event says so')
            from auto_recharge_attempts t
            where t.first_sent_at > :now-60d and t.closed_at is not null
              and not exists (
                  select 1 from auto_recharge_attempts o
                  where o.account_id = t.account_id and o.recharge_id = t.recharge_id and o.id <> t.id and o.state = 'PAID'
                    and t.state = 'NOT_CHARGED')
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = t.account_id and e.subject = t.recharge_id and e.happened_at = t.closed_at
                    and e.type in ('RECHARGE_PAID', 'RECHARGE_DECLINED', 'METHOD_DECLINED', 'AUTHENTICATION_REQUIRED', 'RECHARGE_ABANDONED'))
            union all
            select c.account_id, concat('checkout ', c.id, ' is paid, and no event says so')
            from auto_recharge_checkouts c
            where c.created_at > :now-60d and c.state = 'PAID'
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = c.account_id and e.type in ('PURCHASE_PAID', 'RECHARGE_PAID')
                    and e.event_id = concat(e.type, ':', c.id))
            union all
            select e.account_id, concat('event ', e.event_id, ' has the type ', e.type)
            from auto_recharge_outbox e
            where e.event_id not like concat(e.type, ':%')
               or e.delivered_at > :now+3d
               or e.delivered_at < e.happened_at - interval '3' day
               or (e.type in ('RECHARGE_PAID', 'PURCHASE_PAID', 'PAYMENT_REVERSED', 'REVERSAL_UNDONE')
                   and (e.subject is null or e.credits is null or e.bonus is null or e.amount_minor is null))
               or (e.type in ('SUSPENDED', 'RESUMED', 'ENABLED', 'DISABLED', 'RECHARGE_DECLINED', 'AUTHENTICATION_REQUIRED',
                       'RECHARGE_ABANDONED', 'RECHARGE_HELD', 'LIMIT_REACHED')
                   and (e.credits is not null or e.bonus is not null or e.balance is not null))
               or (e.type in ('SUSPENDED', 'RESUMED', 'RECHARGE_DECLINED', 'METHOD_DECLINED', 'AUTHENTICATION_REQUIRED', 'PAYMENT_REVERSED')
                   and e.reason is null)
               or (e.amount_minor is null and e.amount_currency is not null)
               or (e.amount_minor is not null and e.amount_currency is null)
            """;

    private EventInvariants() {}
}
