package io.autorecharge.jdbc;

import io.autorecharge.account.UsageMark;
import io.autorecharge.credit.AccountId;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The marks of how accounts have used their credits. Read and written under the lock of the account's state. Thread-safe. */
final class UsageRows {
    private static final String OF_ACCOUNT = """
            select marked_at, ledger_seq, balance, credited
            from auto_recharge_usage_marks
            where account_id = ?
            order by marked_at
            """;

    private static final String INSERT = """
            insert into auto_recharge_usage_marks (account_id, marked_at, ledger_seq, balance, credited)
            values (?, ?, ?, ?, ?)
            """;

    private static final String DELETE = "delete from auto_recharge_usage_marks where account_id = ? and marked_at = ?";

    List<UsageMark> ofAccount(SqlSession session, AccountId account) {
        return session.list(
                OF_ACCOUNT,
                row -> new UsageMark(
                        row.time("marked_at"), row.big("ledger_seq"), row.credits("balance"), row.credits("credited")),
                account);
    }

    void save(SqlSession session, AccountId account, @Nullable UsageMark added, Collection<UsageMark> dropped) {
        if (!dropped.isEmpty()) {
            session.batch(
                    DELETE,
                    dropped.stream().map(it -> new Object[] {account, it.at()}).toList());
        }
        if (added != null) {
            session.update(
                    INSERT, account, SqlTimes.stored(added.at()), added.sequence(), added.balance(), added.credited());
        }
    }
}
