package io.autorecharge.jdbc;

/** The invariants of an account's state: each of its values has a cause in another row. */
final class StateInvariants {
    // With several methods, waits and stops are those of one of them, and change with the list.
    private static final String WITH_ONE_METHOD = """
              and s.backups = 0
              and not exists (
                  select 1 from auto_recharge_outbox b
                  where b.account_id = s.account_id and b.type = 'METHODS_CHANGED')
            """;

    static final String STATES_ARE_THERE = """
            select o.account_id, concat('there is ', min(o.name), ' and no state') as details
            from (
                select account_id, 'a recharge' as name from auto_recharge_recharges
                union all
                select account_id, 'an agreement' from auto_recharge_consents
                union all
                select account_id, 'a checkout' from auto_recharge_checkouts
                union all
                select account_id, 'a reversal' from auto_recharge_reversals
                union all
                select account_id, 'a grant' from auto_recharge_grants
                union all
                select account_id, 'an owed entry' from auto_recharge_owed_entries
                union all
                select account_id, 'an event' from auto_recharge_outbox) o
            where not exists (select 1 from auto_recharge_state s where s.account_id = o.account_id)
            group by o.account_id
            """;

    // A back-off begins with a decline, which is an event, or with settings that were saved within a day of the
    // suspension that they ended. Events are kept for longer than any back-off lasts.
    static final String BACK_OFFS_HAVE_CAUSES = """
            select s.account_id,
                   concat_ws(' ', s.declines, 'declines, back-off until', s.retry_at, 'suspension', s.suspension_reason) as details
            from auto_recharge_state s
            where (s.declines < 0
               or (s.declines > 0
                   and not exists (
                       select 1 from auto_recharge_attempts t
                       where t.account_id = s.account_id and t.state in ('DECLINED', 'ACTION_REQUIRED', 'NOT_CHARGED')))
               or (s.declines = 0
                   and (s.retry_at is not null
                        or s.suspension_reason in
                           ('REPEATED_DECLINES', 'AUTHENTICATION_REQUIRED', 'METHOD_UNUSABLE', 'HARD_DECLINE')))
               or (s.declines > 0 and s.retry_at is null and s.suspension_reason is null and s.last_opened_at > :now-60d
                   and not exists (
                       select 1 from auto_recharge_outbox e
                       where e.account_id = s.account_id and e.type = 'RESUMED'
                         and e.happened_at >= s.last_opened_at - interval '3' day))
               or (s.retry_at is not null
                   and (s.retry_at > :now
                        or exists (
                            select 1 from auto_recharge_outbox e
                            where e.account_id = s.account_id and e.type in ('RECHARGE_DECLINED', 'RECHARGE_ABANDONED')
                              and e.until_at > :now))
                   and not exists (
                       select 1 from auto_recharge_outbox e
                       where e.account_id = s.account_id
                         and ((e.type in ('RECHARGE_DECLINED', 'RECHARGE_ABANDONED') and e.until_at = s.retry_at)
                              or (e.type = 'SUSPENDED' and e.happened_at = s.retry_at - interval '1' day)))))
            """ + WITH_ONE_METHOD;

    // The attempt that ended when the suspension began names its card. A refund that was reported before its payment
    // suspends once more when that is granted, without another event.
    static final String SUSPENSIONS_HAVE_CAUSES = """
            select s.account_id,
                   concat_ws(' ', 'suspended by', s.suspension_reason, 'since', s.suspended_since, 'card', s.suspended_fingerprint) as details
            from auto_recharge_state s
            where s.suspension_reason is not null
              and ((s.suspension_reason not in ('REPEATED_DECLINES', 'REQUEST_REFUSED', 'AUTHENTICATION_REQUIRED', 'REFUNDED',
                        'METHOD_UNUSABLE', 'HARD_DECLINE', 'FRAUD_WARNING', 'DISPUTED', 'OTHER_INSTALLATION', 'OTHER_ACCOUNT'))
                   or (s.suspension_reason in ('REFUNDED', 'FRAUD_WARNING', 'DISPUTED', 'OTHER_INSTALLATION', 'OTHER_ACCOUNT')
                       and s.suspended_fingerprint is not null)
                   or (s.suspension_reason in
                           ('REPEATED_DECLINES', 'REQUEST_REFUSED', 'AUTHENTICATION_REQUIRED', 'METHOD_UNUSABLE', 'HARD_DECLINE')
                       and not exists (
                           select 1 from auto_recharge_attempts t
                           where t.account_id = s.account_id and t.closed_at = s.suspended_since
                             and coalesce(t.fingerprint, '') = coalesce(s.suspended_fingerprint, '')))
                   or (exists (
                           select 1 from auto_recharge_outbox e
                           where e.account_id = s.account_id and e.type = 'SUSPENDED' and e.reason = s.suspension_reason)
                       and not exists (
                           select 1 from auto_recharge_outbox e
                           where e.account_id = s.account_id and e.happened_at = s.suspended_since
                             and e.type in ('SUSPENDED', 'RECHARGE_PAID', 'PURCHASE_PAID'))))
            """ + WITH_ONE_METHOD + """
            union all
            select s.account_id, concat_ws(' ', 'suspended without a reason, since', s.suspended_since, 'card', s.suspended_fingerprint)
            from auto_recharge_state s
            where s.suspension_reason is null and (s.suspended_since is not null or s.suspended_fingerprint is not null)
            """;

    // An attempt in its terms repeats the customer, the method and its card. Customers and cards may be deleted by SQL,
    // together.
    static final String METHODS_FIT = """
            select s.account_id,
                   concat_ws(' ', 'customer', a.stripe_customer_id, 'known as', s.stamped_customer, 'method',
                             a.stripe_payment_method_id, 'card', s.method_fingerprint, s.method_brand, s.method_last4) as details
            from auto_recharge_state s
            join {accounts} a on a.{id} = s.account_id
            where (s.stamped_customer is not null
                   and ((a.stripe_customer_id <> '' and a.stripe_customer_id <> s.stamped_customer)
                        or (a.stripe_customer_id is null and a.stripe_payment_method_id <> '')))
               or (a.stripe_customer_id <> '' and a.stripe_payment_method_id is null
                   and coalesce(s.method_fingerprint, s.method_last4, s.method_brand) is not null)
               or exists (
                   select 1 from auto_recharge_attempts t
                   where t.account_id = s.account_id and t.customer_id = a.stripe_customer_id
                     and t.payment_method_id = a.stripe_payment_method_id
                     and t.fingerprint <> coalesce(s.method_fingerprint, case when s.method_last4 is null then t.fingerprint else '' end))
            union all
            select s.account_id, concat('customer ', s.stamped_customer, ' is known as that of ', d.accounts, ' accounts')
            from auto_recharge_state s
            join (
                select stamped_customer, count(*) as accounts
                from auto_recharge_state
                group by stamped_customer
                having count(*) > 1) d on d.stamped_customer = s.stamped_customer
            """;

    static final String METHODS_ARE_LISTED = """
            select s.account_id, concat_ws(' ', 'the account has', s.backups, 'backups and', count(m.method_id), 'methods are listed') as details
            from auto_recharge_state s
            left join auto_recharge_methods m on m.account_id = s.account_id
            group by s.account_id, s.backups
            having (s.backups = 0 and count(m.method_id) > 0) or (s.backups <> 0 and count(m.method_id) <> s.backups + 1)
            union all
            select s.account_id, concat_ws(' ', 'the account waits until', s.retry_at, 'and none of its methods does')
            from auto_recharge_state s
            where s.backups > 0 and s.retry_at is not null
              and (not exists (
                      select 1 from auto_recharge_methods m
                      where m.account_id = s.account_id and m.retry_at = s.retry_at)
                   or exists (
                      select 1 from auto_recharge_methods m
                      where m.account_id = s.account_id and m.retry_at is null and m.stop_reason is null))
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = s.account_id and e.type = 'SUSPENDED' and e.happened_at = s.retry_at - interval '1' day)
            union all
            select m.account_id, concat_ws(' ', 'method', m.method_id, 'in place', m.place, 'declines', m.declines, 'stop', m.stop_reason)
            from auto_recharge_methods m
            where m.place < 0 or m.declines < 0
               or exists (
                   select 1 from auto_recharge_methods o
                   where o.account_id = m.account_id and o.method_id <> m.method_id and o.place = m.place)
               or m.place >= (select count(*) from auto_recharge_methods o where o.account_id = m.account_id)
               or (m.stop_reason is null and m.stopped_at is not null)
               or (m.stop_reason is not null and m.stopped_at is null)
               or m.stop_reason not in
                   ('REPEATED_DECLINES', 'REQUEST_REFUSED', 'AUTHENTICATION_REQUIRED', 'METHOD_UNUSABLE', 'HARD_DECLINE')
               or m.stopped_at > :now+3d
               or m.retry_at > :now+500d
               or (m.declines = 0 and m.retry_at is not null)
               or (m.declines > 0 and m.retry_at is null and m.stop_reason is null
                   and not exists (
                       select 1 from auto_recharge_outbox e
                       where e.account_id = m.account_id and e.type = 'RESUMED'))
               or exists (
                   select 1 from auto_recharge_attempts t
                   where t.account_id = m.account_id and t.payment_method_id = m.method_id
                     and coalesce(t.fingerprint, '') <> coalesce(m.fingerprint, ''))
            """;

    // A node of the version before writes the version and the time of an agreement, and nothing else of it. Events and
    // checkouts say what was
    // agreed to; clocks differ, so any of the amounts will do.
    static final String AGREEMENTS_ARE_KEPT = """
            select s.account_id,
                   concat_ws(' ', 'agreed to', s.consent_version, 'by', s.consent_source, 'at most', s.consent_max_minor,
                             s.consent_max_currency) as details
            from auto_recharge_state s
            where s.consent_max_minor <= 0
               or (s.consent_max_minor is null and s.consent_max_currency is not null)
               or (s.consent_max_minor is not null and s.consent_max_currency is null)
               or char_length(s.consent_max_currency) <> 3 or s.consent_max_currency <> upper(s.consent_max_currency)
               or s.consent_source not in ('SETTINGS', 'CHECKOUT', 'HOST')
               or (s.consent_source is not null and s.consent_max_minor is null)
            union all
            select s.account_id, concat_ws(' ', 'nobody agreed to at most', s.consent_max_minor, s.consent_max_currency)
            from auto_recharge_state s
            where s.consent_max_minor is not null
              and exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = s.account_id and e.type in ('ENABLED', 'AGREEMENT_CHANGED') and e.amount_minor is not null
                    and e.happened_at >= s.consent_at and e.happened_at > :now-60d)
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = s.account_id and e.type in ('ENABLED', 'AGREEMENT_CHANGED')
                    and e.amount_minor = s.consent_max_minor and e.amount_currency = s.consent_max_currency)
              and not exists (
                  select 1 from auto_recharge_checkouts c
                  where c.account_id = s.account_id and c.state = 'PAID'
                    and c.consent_max_minor = s.consent_max_minor and c.consent_max_currency = s.consent_max_currency)
            union all
            select s.account_id, concat('auto-recharge is on and agreed to, and the package is ', coalesce(a.auto_recharge_credits, 0))
            from auto_recharge_state s
            join {accounts} a on a.{id} = s.account_id
            where s.consent_source is not null and s.consent_at is not null and a.auto_recharge_enabled = true
              and coalesce(a.auto_recharge_credits, 0) <= 0
            """;

    static final String OWED_IS_DUE = """
            select s.account_id,
                   concat_ws(' ', 'the account tries owed entries at', s.entries_owed_at, 'and they are due at', o.next_at) as details
            from auto_recharge_state s
            left join (
                select account_id, min(next_at) as next_at
                from auto_recharge_owed_entries
                group by account_id) o on o.account_id = s.account_id
            where s.entries_owed_at <> o.next_at
               or (s.entries_owed_at is null and o.next_at is not null)
               or (s.entries_owed_at is not null and o.next_at is null)
            union all
            select s.account_id, concat_ws(' ', 'a refused debit of', s.requested_credits, 'counts until', s.requested_until)
            from auto_recharge_state s
            where s.requested_credits <= 0
               or s.requested_until > :now+3d
               or (s.requested_credits is null and s.requested_until is not null)
               or (s.requested_credits is not null and s.requested_until is null)
            union all
            select s.account_id, concat('no method was saved since ', s.not_saved_since, ', and no event says so')
            from auto_recharge_state s
            where (s.not_saved_since > :now-60d
                   or exists (
                       select 1 from auto_recharge_outbox e
                       where e.account_id = s.account_id and e.type = 'METHOD_NOT_SAVED' and s.not_saved_since is not null))
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = s.account_id and e.type = 'METHOD_NOT_SAVED' and e.happened_at = s.not_saved_since)
            """;

    private StateInvariants() {}
}
