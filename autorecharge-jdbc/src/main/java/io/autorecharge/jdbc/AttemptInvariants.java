package io.autorecharge.jdbc;

/** The invariants of the progress of attempts and of what counts them. */
final class AttemptInvariants {
    // A first send is the opening of its recharge. Sends are recorded by nodes of both versions, whose clocks may
    // differ. A
    // recharge that its customer paid in a checkout ended later than its attempt. A further attempt begins when the one
    // before has failed, and may never be sent.
    static final String PROGRESS_FITS = """
            select t.account_id,
                   concat_ws(' ', 'attempt', t.id, 'is', t.state, 'in doubt', t.in_doubt, 'answer', t.detail, 'sends', t.sends,
                             'refusals', t.refusals, 'checks', t.looks, 'sent', t.first_sent_at, t.last_sent_at, 'ended',
                             t.closed_at, 'recharge', r.opened_at, r.closed_at) as details
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where (t.attempt_number = 1 and t.first_sent_at <> r.opened_at)
               or (t.attempt_number > 1 and t.first_sent_at < r.opened_at - interval '1' day)
               or (t.refusals > 0 and t.first_sent_at > :now-60d
                   and not exists (
                       select 1 from auto_recharge_outbox e
                       where e.account_id = t.account_id and e.type = 'PROVIDER_REFUSED' and e.subject = t.id))
               or t.sends < 0 or (t.sends = 0 and (t.attempt_number = 1 or t.state not in ('OPEN', 'NOT_CHARGED')))
               or t.looks < 0 or t.refusals < 0 or t.refusals > t.sends or t.refusals > t.looks
               or (t.sends = 1 and t.last_sent_at <> t.first_sent_at)
               or (t.sends > 1 and t.last_sent_at = t.first_sent_at)
               or t.last_sent_at < t.first_sent_at - interval '1' day
               or t.last_sent_at > t.first_sent_at + interval '2' day
               or (t.state <> 'OPEN' and t.in_doubt = true)
               or (t.state = 'OPEN' and t.in_doubt = false and t.sends > 0
                   and (t.looks = 0 or t.detail is null or t.detail in ('unknown', 'processing', 'capture mismatch')))
               or (t.closed_at <> r.closed_at
                   and not exists (
                       select 1 from auto_recharge_attempts o
                       where o.account_id = t.account_id and o.recharge_id = t.recharge_id and o.id <> t.id)
                   and not exists (
                       select 1 from auto_recharge_recoveries v
                       join auto_recharge_checkouts c on c.account_id = v.account_id and c.id = v.checkout_id
                       where v.account_id = t.account_id and v.attempt_id = t.id and c.state = 'PAID'))
            """;

    // Not those that a reconciliation has restored, whose card may have been stopped or held, and those of the version
    // before.
    static final String CARDS_ARE_COUNTED = """
            select t.account_id, concat('attempt ', t.id, ' does not count for its card since ', t.first_sent_at) as details
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where t.installation_id <> '' and r.triggered_by <> 'BOOKS' and t.first_sent_at > :now-28d
              and not exists (
                  select 1 from auto_recharge_card_attempts c
                  where c.account_id = t.account_id and c.attempt_id = t.id
                    and c.fingerprint = coalesce(t.fingerprint, t.payment_method_id)
                    and (c.opened_at = t.first_sent_at
                         or (t.attempt_number > 1 and c.opened_at between r.opened_at and t.first_sent_at + interval '1' day)))
            union all
            select t.account_id, concat('the card of attempt ', t.id, ' has no row')
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where t.installation_id <> '' and r.triggered_by <> 'BOOKS'
              and not exists (
                  select 1 from auto_recharge_cards k
                  where k.fingerprint = coalesce(t.fingerprint, t.payment_method_id))
            union all
            select null, concat_ws(' ', 'card', k.fingerprint, 'is stopped by', k.stop_reason, 'since', k.stopped_at)
            from auto_recharge_cards k
            where (k.stop_reason is null and k.stopped_at is not null)
               or (k.stop_reason is not null and (k.stopped_at is null or k.stop_reason not in ('HARD_DECLINE', 'FRAUD_WARNING')))
               or k.stopped_at > :now+3d
               or (k.stop_reason = 'FRAUD_WARNING'
                   and not exists (select 1 from auto_recharge_reversals v where v.kind = 'FRAUD_WARNING'))
            union all
            select null, concat_ws(' ', 'card', k.fingerprint, 'is stopped since', k.stopped_at, 'and nothing was declined then')
            from auto_recharge_cards k
            where k.stop_reason = 'HARD_DECLINE' and k.stopped_at > :now-60d
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.type in ('RECHARGE_DECLINED', 'METHOD_DECLINED') and e.happened_at = k.stopped_at)
            """;

    private AttemptInvariants() {}
}
