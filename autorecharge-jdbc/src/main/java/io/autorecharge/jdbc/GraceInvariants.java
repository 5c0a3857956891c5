package io.autorecharge.jdbc;

/** The invariants of accounts that may be overdrawn after a decline. */
final class GraceInvariants {
    // Accounts of a host may have numbers as ids; a card names its account by text.
    static final String ARE_KEPT = """
            select s.account_id,
                   concat_ws(' ', 'a grace of', s.grace_credits, 'credits since', s.grace_since, 'until', s.grace_until, 'for card', s.grace_card,
                             s.grace_stage) as details
            from auto_recharge_state s
            where (s.grace_since is null
                   and (s.grace_until is not null or s.grace_credits is not null or s.grace_card is not null or s.grace_stage is not null))
               or (s.grace_since is not null
                   and (s.grace_until is null or s.grace_until < s.grace_since or s.grace_credits is null or s.grace_credits <= 0
                        or s.grace_card is null or s.grace_stage is null or s.grace_stage not in ('RUNNING', 'ENDING', 'ENDED')
                        or s.grace_until > s.grace_since + interval '61' day
                        or not exists (
                            select 1 from auto_recharge_cards c
                            where c.fingerprint = s.grace_card and c.grace_account = concat(s.account_id, ''))))
            union all
            select s.account_id, concat_ws(' ', 'a grace of', s.grace_credits, 'credits since', s.grace_since, 'is', s.grace_stage,
                             'and no event says so')
            from auto_recharge_state s
            where s.grace_since > :now-60d
              and (not exists (
                      select 1 from auto_recharge_outbox e
                      where e.account_id = s.account_id and e.type = 'GRACE_STARTED' and e.happened_at = s.grace_since
                        and e.credits = s.grace_credits and (e.until_at = s.grace_until or s.grace_stage = 'ENDED'))
                   or (s.grace_stage = 'ENDED' and not exists (
                      select 1 from auto_recharge_outbox e
                      where e.account_id = s.account_id and e.type = 'GRACE_ENDED' and e.until_at = s.grace_until))
                   or (s.grace_stage = 'ENDING' and not exists (
                      select 1 from auto_recharge_outbox e
                      where e.account_id = s.account_id and e.type = 'GRACE_ENDING' and e.until_at = s.grace_until))
                   or (s.grace_stage <> 'ENDED' and exists (
                      select 1 from auto_recharge_outbox e
                      where e.account_id = s.account_id and e.type = 'GRACE_ENDED' and e.happened_at >= s.grace_since)))
            union all
            select c.account_id, concat_ws(' ', 'card', c.fingerprint, 'lets the account be overdrawn, and it has no grace')
            from (
                select s.account_id, k.fingerprint
                from auto_recharge_cards k
                join auto_recharge_state s on concat(s.account_id, '') = k.grace_account
                where s.grace_card is null or s.grace_card <> k.fingerprint) c
            """;

    private GraceInvariants() {}
}
