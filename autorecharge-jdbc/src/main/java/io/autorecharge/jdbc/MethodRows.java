package io.autorecharge.jdbc;

import io.autorecharge.account.Account;
import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.credit.AccountId;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.YearMonth;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The payment methods of accounts that have backups, a row for each. An account without backups has no rows: its only method is in the account's row
 * and its state. Written under the lock of the account's state. Thread-safe.
 */
final class MethodRows {
    private static final String OF_ACCOUNT = """
            select method_id, place, brand, last4, fingerprint, type, expiry, declines, retry_at, stop_reason, stopped_at
            from auto_recharge_methods
            where account_id = ?
            order by place, method_id
            """;

    private static final String UPDATE = """
            update auto_recharge_methods
            set place = ?, brand = ?, last4 = ?, fingerprint = ?, type = ?, expiry = ?, declines = ?, retry_at = ?, stop_reason = ?,
                stopped_at = ?
            where account_id = ? and method_id = ?
            """;

    private static final String INSERT = """
            insert into auto_recharge_methods
                (place, brand, last4, fingerprint, type, expiry, declines, retry_at, stop_reason, stopped_at, account_id, method_id)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String DELETE = "delete from auto_recharge_methods where account_id = ? and method_id = ?";

    /**
     * The list of an account. Its row says which method is the primary one, also when the host has changed it there by its own SQL.
     */
    PaymentMethods read(SqlSession session, Account account) {
        PaymentMethod primary = account.method();
        if (primary == null || account.state().backups() == 0) {
            return PaymentMethods.of(account);
        }
        List<SavedMethod> saved = session.list(OF_ACCOUNT, row -> read(row, primary.customerId()), account.id());
        SavedMethod first = saved.stream()
                .filter(it -> it.method().id().equals(primary.id()))
                .findFirst()
                .map(it -> it.with(primary))
                .orElseGet(() -> new SavedMethod(primary));
        return new PaymentMethods(Stream.concat(
                        Stream.of(first),
                        saved.stream().filter(it -> !it.method().id().equals(primary.id())))
                .limit(PaymentMethods.MAX)
                .toList());
    }

    private static SavedMethod read(SqlRow row, String customer) throws SQLException {
        Suspension.Reason stop = row.wordOrNull(Suspension.Reason.class, "stop_reason");
        return new SavedMethod(
                new PaymentMethod(
                        customer,
                        row.text("method_id"),
                        row.textOrNull("brand"),
                        row.textOrNull("last4"),
                        row.textOrNull("fingerprint"),
                        row.textOrNull("type"),
                        expiry(row.textOrNull("expiry"))),
                row.number("declines"),
                row.timeOrNull("retry_at"),
                stop == null ? null : new MethodStop(stop, row.time("stopped_at")));
    }

    /** Writes what differs between two lists of an account. One without backups has no rows. */
    void save(SqlSession session, AccountId account, PaymentMethods before, PaymentMethods after) {
        List<SavedMethod> old = rows(before);
        List<SavedMethod> wanted = rows(after);
        old.stream()
                .map(it -> it.method().id())
                .filter(id -> wanted.isEmpty() || !after.contains(id))
                .forEach(id -> session.update(DELETE, account, id));
        for (int place = 0; place < wanted.size(); place++) {
            SavedMethod saved = wanted.get(place);
            boolean same = place < old.size() && saved.equals(old.get(place));
            if (!same) {
                save(session, account, place, saved);
            }
        }
    }

    private static void save(SqlSession session, AccountId account, int place, SavedMethod saved) {
        @Nullable Object[] values = values(account, place, saved);
        if (session.update(UPDATE, values) == 0) {
            session.update(INSERT, values);
        }
    }

    private static List<SavedMethod> rows(PaymentMethods methods) {
        return methods.all().size() > 1 ? methods.all() : List.of();
    }

    private static @Nullable Object[] values(AccountId account, int place, SavedMethod saved) {
        PaymentMethod method = saved.method();
        MethodStop stop = saved.stop();
        return new @Nullable Object[] {
            place,
            method.brand(),
            method.last4(),
            method.fingerprint(),
            method.type(),
            stored(method.expiry()),
            saved.declines(),
            saved.retryAt(),
            stop == null ? null : stop.reason(),
            stop == null ? null : stop.since(),
            account,
            method.id()
        };
    }

    static @Nullable String stored(@Nullable YearMonth expiry) {
        return expiry == null ? null : expiry.toString();
    }

    /** What somebody wrote there that is no month counts as unknown: it only orders the methods. */
    static @Nullable YearMonth expiry(@Nullable String stored) {
        try {
            return stored == null ? null : YearMonth.parse(stored);
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** As the database will return it, with times cut to microseconds. */
    static PaymentMethods stored(PaymentMethods methods) {
        return new PaymentMethods(methods.all().stream().map(MethodRows::stored).toList());
    }

    private static SavedMethod stored(SavedMethod saved) {
        MethodStop stop = saved.stop();
        return new SavedMethod(
                saved.method(),
                saved.declines(),
                SqlTimes.storedOrNull(saved.retryAt()),
                stop == null ? null : new MethodStop(stop.reason(), SqlTimes.stored(stop.since())));
    }

    /** Whether the primary method differs, which is in the account's own row. */
    static boolean isAnotherPrimary(Account account, PaymentMethods methods) {
        return !Objects.equals(
                account.method(), methods.primary().map(SavedMethod::method).orElse(null));
    }
}
