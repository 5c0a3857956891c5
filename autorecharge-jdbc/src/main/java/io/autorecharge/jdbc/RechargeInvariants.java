package io.autorecharge.jdbc;

/** The invariants of recharges and of open work. */
final class RechargeInvariants {
    static final String ONE_IS_OPEN = """
            select account_id, concat(count(*), ' open recharges, ', min(id), ' and ', max(id)) as details
            from auto_recharge_recharges
            where state = 'OPEN'
            group by account_id
            having count(*) > 1
            """;

    // A recharge that a checkout paid keeps the attempt that required authentication. Only the latest attempt may be
    // open: the next is opened when
    // the one before has failed for certain. An earlier one may have been captured after all.
    static final String AGREE_WITH_ATTEMPTS = """
            select r.account_id,
                   concat('recharge ', r.id, ' is ', r.state, ', its attempt ', coalesce(t.state, 'is missing'),
                          case when t.attempt_number < l.latest then ' and not the latest' else '' end,
                          case when p.recharge_id is null then '' else ', another attempt or its page PAID' end) as details
            from auto_recharge_recharges r
            left join auto_recharge_attempts t on t.account_id = r.account_id and t.recharge_id = r.id
            left join (
                select account_id, recharge_id, max(attempt_number) as latest, count(*) as attempts
                from auto_recharge_attempts
                group by account_id, recharge_id) l on l.account_id = r.account_id and l.recharge_id = r.id
            left join (
                select a.account_id, a.recharge_id, a.id
                from auto_recharge_recoveries w
                join auto_recharge_checkouts c on c.account_id = w.account_id and c.id = w.checkout_id
                join auto_recharge_attempts a on a.account_id = w.account_id and a.id = w.attempt_id
                where c.state = 'PAID'
                union
                select account_id, recharge_id, id
                from auto_recharge_attempts
                where state = 'PAID' and attempt_number > 1
                union
                select e.account_id, e.recharge_id, e.id
                from auto_recharge_attempts e
                join auto_recharge_attempts n on n.account_id = e.account_id and n.recharge_id = e.recharge_id
                where e.state = 'PAID' and n.attempt_number > e.attempt_number) p
                on p.account_id = r.account_id and p.recharge_id = r.id
            where t.id is null
               or (t.attempt_number < l.latest and t.state = 'OPEN')
               or (l.latest > l.attempts and r.triggered_by <> 'BOOKS')
               or l.latest > r.max_attempts
               or (t.attempt_number = l.latest and not (
                   (r.state = t.state and (r.state in ('PAID', 'OPEN') or p.recharge_id is null))
                   or (r.state = 'PAID' and p.recharge_id is not null and t.state <> 'OPEN')
                   or (r.state = 'FAILED' and p.recharge_id is null and t.state in ('DECLINED', 'ACTION_REQUIRED'))
                   or (r.state = 'ABANDONED' and p.recharge_id is null and t.state = 'NOT_CHARGED')))
            union all
            select t.account_id, concat('attempt ', t.id, ' is ', t.state, ', its recharge is missing')
            from auto_recharge_attempts t
            left join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where r.id is null
            """;

    static final String OPEN_IS_LOOKED_AT = """
            select o.account_id, concat(o.name, ' is open, and nothing is due') as details
            from (
                select account_id, concat('recharge ', id) as name
                from auto_recharge_recharges
                where state = 'OPEN'
                union all
                select account_id, concat('grant ', reference)
                from auto_recharge_grants
                where delivered_at is null
                union all
                select account_id, concat('owed entries of ', provider_reference)
                from auto_recharge_owed_entries
                where next_at is not null) o
            left join auto_recharge_state s on s.account_id = o.account_id
            where s.due_at is null or s.due_at > :now+31d
            union all
            select c.account_id, concat('checkout ', c.id, ' is open, and the account has no state')
            from auto_recharge_checkouts c
            where c.state = 'OPEN'
              and not exists (select 1 from auto_recharge_state s where s.account_id = c.account_id)
            union all
            select c.account_id, concat('checkout ', c.id, ' is open, and nothing is due')
            from auto_recharge_checkouts c
            join auto_recharge_state s on s.account_id = c.account_id
            join {accounts} a on a.{id} = c.account_id
            where c.state = 'OPEN' and s.due_at is null
            """;

    static final String OPEN_ENDS = """
            select account_id, concat('attempt ', id, ' was sent last at ', last_sent_at, ' and is not decided') as details
            from auto_recharge_attempts
            where state = 'OPEN'
              and ((provider_reference is null and last_sent_at < :now-2d)
                   or (provider_reference is not null and last_sent_at < :now-21d))
            """;

    private RechargeInvariants() {}
}
