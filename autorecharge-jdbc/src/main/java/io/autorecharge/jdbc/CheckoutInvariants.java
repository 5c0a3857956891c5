package io.autorecharge.jdbc;

/** The invariants of checkouts. */
final class CheckoutInvariants {
    static final String CHECKOUTS_FIT = """
            select c.account_id,
                   concat_ws(' ', 'checkout', c.id, 'is', c.state, 'next check', c.look_at, 'enables', c.enables, 'agreement',
                             c.consent_version, c.consent_at, c.consent_max_minor, c.consent_max_currency) as details
            from auto_recharge_checkouts c
            where c.looks < 0
               or (c.state = 'OPEN' and (c.look_at is null or c.look_at > :now+3d))
               or (c.state <> 'OPEN' and c.look_at is not null)
               or (c.installation_id <> ''
                   and (c.consent_at > c.created_at + interval '3' day
                        or (c.consent_version is null and (c.enables = true or c.consent_at is not null))
                        or (c.consent_version is not null and c.consent_at is null)
                        or (c.consent_max_minor is null and c.consent_max_currency is not null)
                        or (c.consent_max_minor is not null and c.consent_max_currency is null)))
               or (c.saves is not null
                   and (c.saves not in ('PRIMARY', 'BACKUP') or c.credits <> 0 or c.price_minor <> 0 or c.enables = true
                        or c.consent_version is not null or (c.state = 'SAVED' and c.provider_reference is null)))
               or (c.enables = true and exists (
                   select 1 from auto_recharge_recoveries v
                   where v.account_id = c.account_id and v.checkout_id = c.id))
            union all
            select c.account_id, concat('session ', c.session_id, ' of checkout ', c.id, ' is of ', d.checkouts, ' checkouts')
            from auto_recharge_checkouts c
            join (
                select session_id, count(*) as checkouts
                from auto_recharge_checkouts
                group by session_id
                having count(*) > 1) d on d.session_id = c.session_id
            union all
            select v.account_id, concat('checkout ', v.checkout_id, ' pays attempt ', v.attempt_id, ', and one of them is missing')
            from auto_recharge_recoveries v
            where not exists (
                    select 1 from auto_recharge_checkouts c
                    where c.account_id = v.account_id and c.id = v.checkout_id)
               or not exists (
                    select 1 from auto_recharge_attempts t
                    where t.account_id = v.account_id and t.id = v.attempt_id)
            """;

    private CheckoutInvariants() {}
}
