package io.autorecharge.examples.plain;

import io.autorecharge.jdbc.Migrator;
import io.autorecharge.stripe.simulator.SimulatorOptions;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.sql.DataSource;

/** Makes accounts with one credit, a saved card and auto-recharge on, all due now: {@code user-0}, {@code user-1} and so on. */
public final class DueAccounts {
    private static final Pattern ID = Pattern.compile("\"id\"\\s*:\\s*\"((cus|pm)_[^\"]+)\"");

    private final DataSource database;
    private final String stripe;
    private final HttpClient http = HttpClient.newHttpClient();

    public DueAccounts(DataSource database, String stripe) {
        this.database = database;
        this.stripe = stripe;
    }

    /** With a good card each. */
    public void create(int count) throws SQLException {
        create(count, any -> false);
    }

    /** @param declined which accounts have a primary card that is declined, and a good one as backup */
    public void create(int count, IntPredicate declined) throws SQLException {
        Migrator.of(database).migrate();
        List<String[]> cards = IntStream.range(0, count)
                .parallel()
                .mapToObj(i -> saveCard(declined.test(i) ? "pm_card_chargeCustomerFail" : "pm_card_visa"))
                .toList();
        insert(count, cards);
        addBackups(IntStream.range(0, count).filter(declined).toArray(), cards);
    }

    /** By SQL, because a library that saved them would charge the accounts at once. */
    private void addBackups(int[] accounts, List<String[]> cards) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement method = connection.prepareStatement(
                        "insert into auto_recharge_methods (account_id, method_id, place, declines) values (?, ?, ?, 0)");
                PreparedStatement state = connection.prepareStatement(
                        "update auto_recharge_state set backups = 1 where account_id = ?")) {
            for (int i : accounts) {
                String id = "user-" + i;
                String[] methods = {cards.get(i)[1], attach(cards.get(i)[0], "pm_card_visa")};
                for (int place = 0; place < methods.length; place++) {
                    method.setString(1, id);
                    method.setString(2, methods[place]);
                    method.setInt(3, place);
                    method.addBatch();
                }
                state.setString(1, id);
                state.addBatch();
            }
            method.executeBatch();
            state.executeBatch();
        }
    }

    private void insert(int count, List<String[]> cards) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement account = connection.prepareStatement("""
                        insert into credit_accounts (id, credits, auto_recharge_enabled, auto_recharge_credits,
                            stripe_customer_id, stripe_payment_method_id)
                        values (?, 1, true, 100, ?, ?)
                        """);
                PreparedStatement entry = connection.prepareStatement("""
                        insert into credit_transactions (user_id, seq, type, category, amount, balance_after,
                            description, reference, created_at)
                        values (?, 1, 'GRANT', 'PAID', 1, 1, 'Start', 'start', now())
                        """);
                PreparedStatement state = connection.prepareStatement("""
                        insert into auto_recharge_state (account_id, ledger_seq, due_at, consent_version, consent_at)
                        values (?, 1, now(), 'v1', now())
                        """)) {
            for (int i = 0; i < count; i++) {
                String id = "user-" + i;
                account.setString(1, id);
                account.setString(2, cards.get(i)[0]);
                account.setString(3, cards.get(i)[1]);
                account.addBatch();
                entry.setString(1, id);
                entry.addBatch();
                state.setString(1, id);
                state.addBatch();
            }
            account.executeBatch();
            entry.executeBatch();
            state.executeBatch();
        }
    }

    private String[] saveCard(String card) {
        String customer = post("/v1/customers", "");
        return new String[] {customer, attach(customer, card)};
    }

    private String attach(String customer, String card) {
        return post("/v1/payment_methods/" + card + "/attach", "customer=" + customer);
    }

    private String post(String path, String form) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(stripe + path))
                .header("Authorization", "Bearer " + SimulatorOptions.SECRET_KEY)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        try {
            String body =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            Matcher id = ID.matcher(body);
            if (!id.find()) {
                throw new IllegalStateException("no id in the answer to " + path + ": " + body);
            }
            return id.group(1);
        } catch (IOException e) {
            throw new IllegalStateException(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(path, e);
        }
    }
}
