package io.autorecharge.jdbc;

/**
 * The invariants of the ledger. Rows without a sequence belong to the host and are older than its use of the library.
 */
final class LedgerInvariants {
    static final String ADDS_UP = """
            select a.{id} as account_id,
                   concat('balance ', {balance}, ', entries add up to ', coalesce(l.total, 0)) as details
            from {accounts} a
            left join (
                select user_id, sum(amount) as total
                from credit_transactions
                where seq is not null
                group by user_id) l on l.user_id = a.{id}
            where {balance} <> coalesce(l.total, 0)
            """;

    static final String HAS_NO_GAPS = """
            select s.account_id,
                   concat(coalesce(l.entries, 0), ' entries from ', coalesce(l.first_seq, 0), ' to ',
                          coalesce(l.last_seq, 0), ', the last should be ', s.ledger_seq) as details
            from auto_recharge_state s
            left join (
                select user_id, min(seq) as first_seq, max(seq) as last_seq, count(*) as entries
                from credit_transactions
                where seq is not null
                group by user_id) l on l.user_id = s.account_id
            where s.ledger_seq <> coalesce(l.last_seq, 0) or l.first_seq <> 1 or l.entries <> l.last_seq
            union all
            select e.user_id, concat('entries up to ', max(e.seq), ', and no state')
            from credit_transactions e
            left join auto_recharge_state s on s.account_id = e.user_id
            where e.seq is not null and s.account_id is null
            group by e.user_id
            """;

    // The row after a gap breaks the rule about gaps and is not reported twice.
    static final String IS_A_CHAIN = """
            select e.user_id as account_id,
                   concat('entry ', e.seq, ' of ', e.amount, ' leads from ', coalesce(p.balance_after, 0), ' to ',
                          e.balance_after) as details
            from credit_transactions e
            left join credit_transactions p on p.user_id = e.user_id and p.seq = e.seq - 1
            where (e.seq = 1 or p.seq is not null) and e.balance_after <> coalesce(p.balance_after, 0) + e.amount
            """;

    private LedgerInvariants() {}
}
