package io.autorecharge.jdbc;

/** The invariants of a smart threshold, and of what it is computed from. */
final class UsageInvariants {
    // The most by which a threshold may be raised is one package at the time when it was raised.
    static final String THRESHOLD_IS_BOUNDED = """
            select s.account_id,
                   concat_ws(' ', 'the threshold is raised by', s.threshold_raise, 'of at most', s.threshold_raise_max, 'measured at',
                             s.usage_measured_at, 'per hour', s.usage_per_hour) as details
            from auto_recharge_state s
            where s.threshold_raise < 0
               or s.threshold_raise > s.threshold_raise_max
               or s.usage_per_hour < 0
               or s.usage_measured_at > :now+3d
               or (s.threshold_raise > 0 and s.usage_per_hour is null)
               or (s.usage_measured_at is null and coalesce(s.threshold_raise, s.threshold_raise_max, s.usage_per_hour) is not null)
               or (s.usage_measured_at is not null and (s.threshold_raise is null or s.threshold_raise_max is null))
            union all
            select m.account_id, concat_ws(' ', 'a mark at', m.marked_at, 'is of entry', m.ledger_seq, 'of', s.ledger_seq)
            from auto_recharge_usage_marks m
            left join auto_recharge_state s on s.account_id = m.account_id
            where m.marked_at > :now+3d
               or m.ledger_seq < 0
               or s.account_id is null
               or m.ledger_seq > s.ledger_seq
            """;

    private UsageInvariants() {}
}
