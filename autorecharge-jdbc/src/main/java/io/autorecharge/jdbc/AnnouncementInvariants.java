package io.autorecharge.jdbc;

/** The invariants of charges that were announced. */
final class AnnouncementInvariants {
    private static final String EVENT_IS_MISSING = """
              and o.announced_at > :now-60d
              and not exists (
                  select 1 from auto_recharge_outbox e
                  where e.account_id = o.account_id and e.type = 'RECHARGE_ANNOUNCED' and e.happened_at = o.announced_at
                    and e.until_at = o.announced_for and e.amount_minor = o.announced_max_minor
                    and e.amount_currency = o.announced_currency)
            """;

    private static final String INCOMPLETE = """
            (o.announced_at is not null
                and (o.announced_for is null or o.announced_for < o.announced_at or o.announced_max_minor is null
                     or o.announced_max_minor <= 0 or o.announced_currency is null or o.announced_credits is null
                     or o.announced_credits <= 0 or o.announced_price_minor is null or o.announced_cards is null))
               or (o.announced_at is null
                   and (o.announced_for is not null or o.announced_max_minor is not null or o.announced_currency is not null
                        or o.announced_credits is not null or o.announced_price_minor is not null or o.announced_cards is not null))
            """;

    // A price is rounded to minor units, and credits to whole ones at most.
    static final String ARE_KEPT =
            """
            select o.account_id,
                   concat_ws(' ', 'recharge', o.id, 'of', o.opened_at, 'costs', o.price_minor, o.price_currency, 'and was announced for',
                             o.announced_for, 'with at most', o.announced_max_minor, o.announced_currency) as details
            from auto_recharge_recharges o
            where o.opened_at < o.announced_for
               or o.price_minor > o.announced_max_minor
               or o.price_currency <> o.announced_currency
               or o.price_minor * o.announced_credits > o.announced_price_minor * (o.credits + 1) + o.announced_credits
               or\s""" + INCOMPLETE + """
            union all
            select t.account_id, concat_ws(' ', 'attempt', t.id, 'charges a card that was not announced, of', r.announced_cards)
            from auto_recharge_attempts t
            join auto_recharge_recharges r on r.account_id = t.account_id and r.id = t.recharge_id
            where position(coalesce(t.fingerprint, t.payment_method_id) in r.announced_cards) = 0
            union all
            select o.account_id, concat_ws(' ', 'recharge', o.id, 'was announced for', o.announced_for, 'and no event says so')
            from auto_recharge_recharges o
            where o.announced_for is not null
            """ + EVENT_IS_MISSING + """
            union all
            select o.account_id, concat_ws(' ', 'a charge was announced at', o.announced_at, 'for', o.announced_for)
            from auto_recharge_state o
            where\s""" + INCOMPLETE + """
            union all
            select o.account_id, concat_ws(' ', 'a charge is announced for', o.announced_for, 'and no event says so')
            from auto_recharge_state o
            where o.announced_for is not null
            """ + EVENT_IS_MISSING;

    private AnnouncementInvariants() {}
}
