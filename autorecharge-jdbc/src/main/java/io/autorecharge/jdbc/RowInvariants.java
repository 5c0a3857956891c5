package io.autorecharge.jdbc;

/** The invariants that connect the rows of different tables and accounts. */
final class RowInvariants {
    /** Not for a table of the host, which may delete its users. */
    static final String ACCOUNTS_ARE_THERE = """
            select o.account_id, concat('there is ', min(o.name), ' and no account') as details
            from (
                select account_id, 'a state' as name from auto_recharge_state
                union all
                select user_id, 'a ledger' from credit_transactions where seq is not null
                union all
                select account_id, 'a recharge' from auto_recharge_recharges
                union all
                select account_id, 'an attempt' from auto_recharge_attempts
                union all
                select account_id, 'a checkout' from auto_recharge_checkouts
                union all
                select account_id, 'a reversal' from auto_recharge_reversals
                union all
                select account_id, 'a grant' from auto_recharge_grants
                union all
                select account_id, 'an owed entry' from auto_recharge_owed_entries) o
            left join {accounts} a on a.{id} = o.account_id
            where a.{id} is null
            group by o.account_id
            """;

    static final String TERMS_AGREE = """
            select t.account_id,
                   concat('attempt ', t.id, ' charges ', t.amount_minor, ' ', t.amount_currency, ', its recharge costs ',
                          r.price_minor, ' ', r.price_currency) as details
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where t.amount_minor <> r.price_minor or t.amount_currency <> r.price_currency
            union all
            select e.account_id,
                   concat('event ', e.event_id, ' reports ', e.credits, ' credits and ', e.bonus, ' for ', e.amount_minor, ' ',
                          e.amount_currency, ', the recharge is ', r.credits, ' and ', r.bonus, ' for ', r.price_minor, ' ',
                          r.price_currency)
            from auto_recharge_outbox e
            join auto_recharge_recharges r on r.account_id = e.account_id and r.id = e.subject
            where e.type = 'RECHARGE_PAID'
              and (e.amount_minor <> r.price_minor or e.amount_currency <> r.price_currency or e.credits <> r.credits
                   or e.bonus not in (r.bonus, 0))
            union all
            select e.account_id,
                   concat('event ', e.event_id, ' reports ', e.amount_minor, ' ', e.amount_currency, ', the checkout costs ',
                          c.price_minor, ' ', c.price_currency)
            from auto_recharge_outbox e
            join auto_recharge_checkouts c on c.account_id = e.account_id and c.id = e.subject
            where e.type = 'PURCHASE_PAID' and (e.amount_minor <> c.price_minor or e.amount_currency <> c.price_currency)
            union all
            select r.account_id,
                   concat('of payment ', r.provider_reference, ' ', r.taken_minor, ' went back and ', r.returned_minor, ' ',
                          r.currency, ' returned')
            from auto_recharge_reversals r
            where r.taken_minor < 0 or r.returned_minor < 0 or r.returned_minor > r.taken_minor
            """;

    // Attempts from before the upgrade have no installation either.
    static final String TERMS_ARE_KEPT = """
            select a.account_id, concat('attempt ', a.id, ' has other terms than when it was opened') as details
            from auto_recharge_attempts a
            join auto_recharge_recharges r on r.account_id = a.account_id and r.id = a.recharge_id
            where (a.seal <> 'none' or a.installation_id <> '')
              and a.seal <>
            """ + TermsSeal.OF_ATTEMPT + """

            union all
            select account_id, concat('checkout ', id, ' has other terms than when it was offered')
            from auto_recharge_checkouts
            where (seal <> '' or installation_id <> '')
              and seal <>
            """ + TermsSeal.OF_CHECKOUT + "\nand seal <> "
            + TermsSeal.OF_CHECKOUT_WITH_SESSION;

    static final String WORDS_ARE_KNOWN = """
            select o.account_id, concat(o.name, ' has the unknown state ', o.state) as details
            from (
                select account_id, concat('attempt ', id) as name, state, 'OPEN PAID DECLINED ACTION_REQUIRED NOT_CHARGED' as known
                from auto_recharge_attempts
                union all
                select account_id, concat('recharge ', id), state, 'OPEN PAID FAILED ABANDONED'
                from auto_recharge_recharges
                union all
                select account_id, concat('checkout ', id), state, case when saves is null then 'OPEN PAID CLOSED' else 'OPEN SAVED CLOSED' end
                from auto_recharge_checkouts) o
            where concat(' ', o.known, ' ') not like concat('% ', o.state, ' %')
            """;

    // Rows of the far future are never acted on. Their latest plausible time is the parameter.
    static final String TIMES_ARE_NEAR = """
            select o.account_id, concat(o.name, ' has its next check at ', o.next_at) as details
            from (
                select account_id, 'the account' as name, due_at as next_at from auto_recharge_state
                union all
                select account_id, 'the back-off', retry_at from auto_recharge_state
                union all
                select account_id, concat('attempt ', id), look_at from auto_recharge_attempts where state = 'OPEN'
                union all
                select account_id, concat('checkout ', id), look_at from auto_recharge_checkouts where state = 'OPEN'
                union all
                select account_id, concat('grant ', reference), deliver_at from auto_recharge_grants where delivered_at is null
                union all
                select account_id, concat('owed entries of ', provider_reference), next_at from auto_recharge_owed_entries
            ) o
            where o.next_at > :now+500d
            """;

    // What has happened cannot lie in the future. Limits, cool-down and suspensions are decided by these times.
    static final String TIMES_ARE_PAST = """
            select o.account_id, concat(o.name, ' is of ', o.happened_at) as details
            from (
                select account_id, 'the consent' as name, consent_at as happened_at from auto_recharge_state
                union all
                select account_id, 'the suspension', suspended_since from auto_recharge_state
                union all
                select account_id, 'the last recharge', last_opened_at from auto_recharge_state
                union all
                select account_id, 'the enabling bonus', enabling_bonus_at from auto_recharge_state
                union all
                select account_id, concat('recharge ', id), opened_at from auto_recharge_recharges
                union all
                select account_id, concat('attempt ', id), first_sent_at from auto_recharge_attempts
                union all
                select account_id, concat('attempt ', id), last_sent_at from auto_recharge_attempts
                union all
                select account_id, concat('checkout ', id), created_at from auto_recharge_checkouts
                union all
                select account_id, concat('event ', event_id), happened_at from auto_recharge_outbox
                union all
                select user_id, concat('entry ', seq), created_at from credit_transactions where seq is not null
                union all
                select account_id, concat('owed entries of ', provider_reference), since from auto_recharge_owed_entries
            ) o
            where o.happened_at > :now+3d
            """;

    // The bank's or the card's stop must not vanish. Two events may come from nodes whose clocks differ, and old ones
    // are purged.
    static final String SUSPENSIONS_ARE_REPORTED = """
            select distinct s.account_id,
                   concat('the suspension is ', coalesce(s.suspension_reason, 'none'), ', the last event about it says ',
                          coalesce(e.reason, 'nothing')) as details
            from auto_recharge_state s
            join auto_recharge_outbox e on e.account_id = s.account_id and e.type = 'SUSPENDED'
            where s.suspension_reason is null and e.happened_at > :now-60d
              and not exists (
                  select 1 from auto_recharge_outbox later
                  where later.account_id = s.account_id and later.type = 'RESUMED'
                    and later.happened_at >= e.happened_at - interval '3' day)
            union all
            select s.account_id, concat('the suspension is ', s.suspension_reason, ', and no event says so')
            from auto_recharge_state s
            where s.suspension_reason is not null and s.suspended_since > :now-60d
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = s.account_id and e.type = 'SUSPENDED' and e.reason = s.suspension_reason)
            """;

    static final String ENDS_HAVE_TIMES = """
            select r.account_id, concat('recharge ', r.id, ' is ', r.state, ', and its end is ',
                          case when r.closed_at is null then 'missing' else 'there' end) as details
            from auto_recharge_recharges r
            where (r.state = 'OPEN' and r.closed_at is not null) or (r.state <> 'OPEN' and r.closed_at is null)
            union all
            select t.account_id, concat('attempt ', t.id, ' is ', t.state, ', and its end is ',
                          case when t.closed_at is null then 'missing' else 'there' end)
            from auto_recharge_attempts t
            where (t.state = 'OPEN' and t.closed_at is not null) or (t.state <> 'OPEN' and t.closed_at is null)
            union all
            select s.account_id, 'the suspension or the consent has only one of its values'
            from auto_recharge_state s
            where (s.suspension_reason is null and s.suspended_since is not null)
               or (s.suspension_reason is not null and s.suspended_since is null)
               or (s.consent_version is null and s.consent_at is not null)
               or (s.consent_version is not null and s.consent_at is null)
            union all
            select r.account_id, 'the time of the last recharge is not that of any recharge'
            from auto_recharge_recharges r
            join auto_recharge_state s on s.account_id = r.account_id
            group by r.account_id, s.last_opened_at
            having s.last_opened_at is null or s.last_opened_at <> max(r.opened_at)
            union all
            select s.account_id, 'there is the time of a last recharge, and no recharge'
            from auto_recharge_state s
            where s.last_opened_at is not null
              and not exists (select 1 from auto_recharge_recharges r where r.account_id = s.account_id)
            """;

    static final String ENTRIES_ARE_WELL_FORMED = """
            select e.user_id as account_id,
                   concat('entry ', e.seq, ' of ', e.amount, ' has the type ', coalesce(e.type, 'none'), ' and the category ',
                          coalesce(e.category, 'none'), ', reference ', coalesce(e.reference, 'none')) as details
            from credit_transactions e
            where e.seq is not null
              and (e.type is null or e.reference is null
                   or not (
                       (e.type = 'DEBIT' and e.category is null and e.amount < 0 and e.linked_to is null
                           and e.reference not like 'autorecharge/%')
                       or (e.type = 'GRANT' and coalesce(e.category, '') in ('PAID', 'PROMOTIONAL') and e.amount > 0
                           and e.linked_to is null and e.reference not like 'autorecharge/%')
                       or (e.type = 'PURCHASE' and coalesce(e.category, '') = 'PAID' and e.amount > 0 and e.linked_to is null)
                       or (e.type = 'BONUS' and coalesce(e.category, '') = 'PROMOTIONAL' and e.amount > 0
                           and e.linked_to is not null and e.reference = concat(e.linked_to, '/bonus'))
                       or (e.type = 'REVERSAL' and coalesce(e.category, '') in ('PAID', 'PROMOTIONAL') and e.linked_to is not null
                           and e.reference like concat(e.linked_to, '/reversal/%'))))
            """;

    private RowInvariants() {}
}
