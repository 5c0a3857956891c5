package io.autorecharge.jdbc;

/** The invariants of the rows that belong to no account: the installation, the stop for everything, the limits over all accounts. */
final class InstallationInvariants {
    // As long as nobody has confirmed another database or id, every attempt since the row was written carries its id.
    static final String INSTALLATION_IS_THERE = """
            select t.account_id, concat('attempt ', t.id, ' is of installation ', t.installation_id, ', which is ',
                                        coalesce(i.id, 'missing')) as details
            from auto_recharge_attempts t
            left join auto_recharge_installation i on i.singleton = 1
            where t.installation_id <> ''
              and (i.id is null
                   or (t.installation_id <> i.id
                       and ((i.bound_at is null and t.first_sent_at >= i.created_at) or t.first_sent_at > i.bound_at + interval '3' day)))
            union all
            select s.account_id, concat('customer ', s.stamped_customer, ' is known as ours, and the installation is missing')
            from auto_recharge_state s
            where s.stamped_customer is not null
              and not exists (select 1 from auto_recharge_installation i where i.singleton = 1)
            union all
            select null, concat_ws(' ', 'installation', i.id, 'of', i.created_at, 'bound', i.bound_at, 'seen', i.seen_at, 'key', i.key_mode)
            from auto_recharge_installation i
            where i.singleton <> 1
               or i.key_mode not in ('TEST', 'LIVE')
               or (i.bound_at is null and (i.seen_at is not null or i.database_identity is not null or i.server_identity is not null
                                           or i.key_mode is not null))
               or (i.bound_at is not null and i.seen_at is null)
               or i.created_at > :now+3d or i.bound_at > :now+3d or i.seen_at > :now+3d
            """;

    // Row 0 is the lock of every claim. It is closed after row 1 is written, and opened when row 1 is deleted.
    static final String STOPS_ARE_WHOLE = """
            select p.account_id, p.details
            from (
                select null as account_id, concat('the row of auto_recharge_pause is missing, and nothing is charged: ', count(*), ' rows')
                    as details
                from auto_recharge_pause
                having coalesce(max(case when singleton = 0 then 1 else 0 end), 0) = 0) p
            union all
            select null, concat_ws(' ', 'stop', p.singleton, p.reason, p.actor, p.since)
            from auto_recharge_pause p
            where p.singleton not in (0, 1)
               or p.since > :now+3d
               or (p.singleton = 1 and p.since is null)
               or (p.since is not null and (p.reason is null or p.actor is null))
               or (p.since is null and (p.reason is not null or p.actor is not null))
               or (p.singleton = 0 and p.since is not null
                   and not exists (select 1 from auto_recharge_pause s where s.singleton = 1))
            union all
            select null, concat_ws(' ', 'spending of slice', s.slice, s.period, s.period_start, s.amount_minor, s.currency)
            from auto_recharge_spending s
            where s.slice not between 0 and 7
               or s.period not in ('HOUR', 'DAY')
               or char_length(s.currency) <> 3 or s.currency <> upper(s.currency)
               or s.period_start > :now+3d
            """;

    private InstallationInvariants() {}
}
