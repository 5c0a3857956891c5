package io.autorecharge.jdbc;

/** The invariants of what users decide for their own accounts, and of what hosts decide for single accounts. */
final class RuleInvariants {
    static final String OWN_RULES_FIT = """
            select s.account_id,
                   concat_ws(' ', 'the monthly limit of the user is', s.own_monthly_minor, s.own_monthly_currency) as details
            from auto_recharge_state s
            where s.own_monthly_minor <= 0
               or (s.own_monthly_minor is null and s.own_monthly_currency is not null)
               or (s.own_monthly_minor is not null and s.own_monthly_currency is null)
               or char_length(s.own_monthly_currency) <> 3 or s.own_monthly_currency <> upper(s.own_monthly_currency)
            union all
            select s.account_id,
                   concat_ws(' ', 'nothing was used since entry', s.idle_seq, 'and the last entry is', s.ledger_seq)
            from auto_recharge_state s
            where s.idle_seq > s.ledger_seq or s.idle_seq < 0
            """;

    private RuleInvariants() {}
}
