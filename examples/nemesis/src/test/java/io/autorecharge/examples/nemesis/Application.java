package io.autorecharge.examples.nemesis;

import com.google.gson.JsonObject;
import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.jdbc.Verification;
import io.autorecharge.jdbc.Violation;
import io.autorecharge.policy.Decision;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;

/**
 * A database of one application, and its audit.
 *
 * @param library decides as the nodes do
 */
record Application(DataSource database, AutoRecharge library, AheadClock clock, Provider provider) {
    /** Remaining work: open recharges, due accounts, events that were not delivered. */
    private static final String TO_DO = """
            select (select count(*) from auto_recharge_recharges where state = 'OPEN') as open,
                   (select count(*) from auto_recharge_state where due_at <= ?) as due,
                   (select count(*) from auto_recharge_outbox where delivered_at is null) as undelivered
            """;

    private static final String OPEN =
            "select concat(account_id, ' ', id, ' ', sends, ' sends, ', looks, ' looks, ', detail, ', next look at ', look_at)"
                    + " from auto_recharge_attempts where state = 'OPEN'";

    private static final String IDS =
            "select id from auto_recharge_attempts union all select id from auto_recharge_checkouts";

    /** How much work remains. */
    record Remaining(long open, long due, long undelivered) {
        long sum() {
            return open + due + undelivered;
        }
    }

    /** The ids of all attempts and checkouts: what the provider holds under one of them belongs to this application. */
    Set<String> books() throws SQLException {
        return new HashSet<>(texts(IDS));
    }

    /** The customers at the provider that accounts of this application pay as. */
    Set<String> customers() throws SQLException {
        return new HashSet<>(
                texts("select stripe_customer_id from credit_accounts where stripe_customer_id is not null"));
    }

    Remaining remaining() {
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(TO_DO)) {
            statement.setObject(1, OffsetDateTime.ofInstant(clock.instant(), ZoneOffset.UTC));
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                return new Remaining(row.getLong("open"), row.getLong("due"), row.getLong("undelivered"));
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the remaining work cannot be read", e);
        }
    }

    /** Violations that the database alone shows. It must never show one, whatever is in progress. */
    List<String> breaches() {
        return Verification.of(database).verify(clock.instant()).violations().stream()
                .map(Violation::toString)
                .toList();
    }

    /**
     * The full audit, when no process works any more.
     *
     * @param foreign the books of the other application on the same account of the provider
     */
    Findings audit(List<Path> histories, Set<String> foreign) throws SQLException {
        Set<String> violations = new TreeSet<>(breaches());
        List<Charge> charges = Charge.all(database);
        Entries entries = new Entries(database);
        List<JsonObject> captures = provider.captures().stream()
                .filter(it -> !foreign.contains(MoneyAudit.subject(it.getAsJsonObject("metadata"))))
                .toList();
        List<JsonObject> requests = provider.charges().stream()
                .filter(it -> !foreign.contains(MoneyAudit.attemptOf(it)))
                .toList();
        MoneyAudit money = new MoneyAudit(charges, Purchase.all(database), entries, violations::add);
        money.captures(captures);
        money.requests(requests);
        new LimitAudit(Terms.POLICY.limits(), violations::add).check(charges);
        List<List<String[]>> lines = histories.stream().map(History::read).toList();
        DebitAudit debits = new DebitAudit(lines);
        debits.check(entries, violations::add);
        new SwitchAudit(lines, violations::add).check(charges);
        notified(lines, violations);
        remainingWork(violations);
        List<Charge> nextMethods =
                charges.stream().filter(it -> it.number() > 1).toList();
        return new Findings(
                new ArrayList<>(violations),
                charges.stream().filter(it -> it.number() == 1).count(),
                nextMethods.size(),
                nextMethods.stream().filter(Charge::isPaid).count(),
                requests.size(),
                captures.size(),
                captures.stream()
                        .filter(it -> !it.getAsJsonObject("metadata").has(MoneyAudit.ATTEMPT))
                        .count(),
                entries.references("PURCHASE").size(),
                debits.confirmed(),
                debits.refused(),
                debits.unanswered());
    }

    private void notified(List<List<String[]>> histories, Set<String> violations) throws SQLException {
        Set<String> delivered = new HashSet<>();
        histories.forEach(lines ->
                lines.stream().filter(line -> line[0].equals("delivered")).forEach(line -> delivered.add(line[1])));
        for (String event : texts("select event_id from auto_recharge_outbox where type like 'RECHARGE%'")) {
            if (!delivered.contains(event)) {
                violations.add("not delivered to a listener: " + event);
            }
        }
    }

    private void remainingWork(Set<String> violations) throws SQLException {
        Remaining remaining = remaining();
        if (remaining.sum() > 0) {
            violations.add("not at rest at " + clock.instant() + ": " + remaining + texts(OPEN));
        }
        for (String account : texts("select id from credit_accounts")) {
            if (library.preview(AccountId.of(account)) instanceof Decision.Recharge decision) {
                violations.add(account + " must be recharged and was not: " + decision);
            }
        }
    }

    private List<String> texts(String sql) throws SQLException {
        List<String> found = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql);
                ResultSet row = statement.executeQuery()) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }
}
