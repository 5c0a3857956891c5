package io.autorecharge.jdbc;

/** The invariants of what users agreed to. */
final class ConsentInvariants {
    // A process of an older version changes an agreement without a record. Then the time or the maximum differs from
    // the recorded one.
    static final String CONSENTS_ARE_RECORDED = """
            select s.account_id,
                   concat('the account has ', s.consents, ' records of agreements, and ', coalesce(c.records, 0), ' are there, the last is ',
                          coalesce(c.last_number, 0)) as details
            from auto_recharge_state s
            left join (
                select account_id, count(*) as records, max(consent_number) as last_number
                from auto_recharge_consents
                group by account_id) c on c.account_id = s.account_id
            where s.consents <> coalesce(c.records, 0) or s.consents <> coalesce(c.last_number, 0)
            union all
            select c.account_id, concat_ws(' ', 'record', c.consent_number, 'is', c.kind, 'by', c.source, 'and not whole') as details
            from auto_recharge_consents c
            where c.kind not in ('GIVEN', 'REVOKED', 'METHOD_ADDED')
               or c.source not in ('SETTINGS', 'CHECKOUT', 'HOST', 'MIGRATION')
               or char_length(c.version) = 0 or char_length(c.actor) = 0
               or (c.text_hash is not null and char_length(c.text_hash) <> 64)
               or c.given_at > :now+3d
               or (c.kind = 'GIVEN' and (c.threshold is null or c.purchases is null or c.purchase_window is null
                   or c.max_minor is null or c.package_credits is null))
               or (c.kind <> 'GIVEN' and (c.threshold is not null or c.max_minor is not null or c.package_credits is not null))
               or (c.kind = 'METHOD_ADDED' and char_length(c.methods) = 0)
               or (c.package_credits is null and (c.price_minor is not null or c.price_currency is not null))
               or (c.package_credits is not null and (c.package_credits < 1 or c.package_bonus is null or c.package_bonus < 0
                   or c.price_minor is null or c.price_minor <= 0 or char_length(coalesce(c.price_currency, '')) <> 3))
               or (c.max_minor is null and c.max_currency is not null)
               or (c.max_minor is not null and (c.max_minor <= 0 or char_length(coalesce(c.max_currency, '')) <> 3))
               or (c.month_minor is null and c.month_currency is not null)
               or (c.month_minor is not null and (c.month_minor <= 0 or char_length(coalesce(c.month_currency, '')) <> 3))
            union all
            select s.account_id,
                   concat_ws(' ', 'the agreement to', s.agreed_credits, 'for', s.agreed_minor, s.agreed_currency, 'at most',
                             s.consent_max_minor, 'is not record', s.consent_number) as details
            from auto_recharge_state s
            left join auto_recharge_consents c on c.account_id = s.account_id and c.consent_number = s.consent_number
            where s.consent_at is not null and s.agreed_at = s.consent_at
              and s.agreed_max_minor = s.consent_max_minor
              and (c.account_id is null or c.kind <> 'GIVEN' or c.version <> s.consent_version
                   or coalesce(c.max_minor, 0) <> s.consent_max_minor or coalesce(c.max_currency, '') <> s.consent_max_currency
                   or coalesce(c.package_credits, 0) <> coalesce(s.agreed_credits, 0)
                   or coalesce(c.package_bonus, 0) <> coalesce(s.agreed_bonus, 0)
                   or coalesce(c.price_minor, 0) <> coalesce(s.agreed_minor, 0)
                   or coalesce(c.price_currency, '') <> coalesce(s.agreed_currency, '')
                   or exists (
                       select 1 from auto_recharge_consents n
                       where n.account_id = c.account_id and n.consent_number > c.consent_number and n.kind <> 'METHOD_ADDED'))
            union all
            select s.account_id, concat('record ', c.consent_number, ' of an agreement was not withdrawn, and the account has agreed to nothing')
            from auto_recharge_state s
            join auto_recharge_consents c on c.account_id = s.account_id and c.kind = 'GIVEN'
            where s.consent_at is null and s.consent_number is null
              and not exists (
                  select 1 from auto_recharge_consents n
                  where n.account_id = c.account_id and n.consent_number > c.consent_number and n.kind <> 'METHOD_ADDED')
            union all
            select null,
                   concat_ws(' ', 'package', p.package_credits, 'was first recorded at', p.price_minor, p.price_currency)
            from auto_recharge_first_prices p
            where p.package_credits < 1 or p.package_bonus < 0 or p.price_minor <= 0 or char_length(p.price_currency) <> 3
               or p.recorded_at > :now+3d
            """;

    // Cross-multiplied, so that nothing is rounded.
    static final String CONSENTS_ARE_OBEYED = """
            select r.account_id,
                   concat_ws(' ', 'recharge', r.id, 'of', r.credits, 'credits costs', r.price_minor, r.price_currency, 'and rests on record',
                             r.consent_number) as details
            from auto_recharge_recharges r
            left join auto_recharge_consents c on c.account_id = r.account_id and c.consent_number = r.consent_number
            where r.consent_number is not null
              and (c.account_id is null or c.kind <> 'GIVEN'
                   or c.max_minor is null or r.price_minor > c.max_minor or r.price_currency <> coalesce(c.max_currency, '')
                   or r.price_currency <> coalesce(c.price_currency, '')
                   or cast(r.price_minor as decimal(30, 0)) * c.package_credits > cast(c.price_minor as decimal(30, 0)) * r.credits
                   or r.opened_at < c.given_at - interval '1' day
                   or exists (
                       select 1 from auto_recharge_consents n
                       where n.account_id = c.account_id and n.consent_number > c.consent_number and n.kind <> 'METHOD_ADDED'
                         and r.opened_at > n.given_at + interval '1' day))
            """;

    private ConsentInvariants() {}
}
