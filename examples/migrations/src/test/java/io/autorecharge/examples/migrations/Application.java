package io.autorecharge.examples.migrations;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** A running host with a database. */
final class Application implements AutoCloseable {
    /** The options of the {@code schema} command for the host's table {@code users}. */
    static final List<String> USERS = List.of(
            "--table",
            "users",
            "--id-column",
            "id",
            "--id-type",
            "bigint",
            "--balance-column",
            "credits",
            "--balance-type",
            "numeric(12,2)");

    private final ConfigurableApplicationContext context;

    private Application(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** Flyway and Liquibase run only if they are enabled. */
    static Application start(Class<?> host, String database, String... properties) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.datasource.url=" + database,
                "--autorecharge.stripe.secret-key=sk_test_never_used",
                "--autorecharge.scheduler.enabled=false"));
        for (String tool : List.of("flyway", "liquibase")) {
            String name = "spring." + tool + ".enabled=";
            if (List.of(properties).stream().noneMatch(property -> property.startsWith(name))) {
                arguments.add("--" + name + "false");
            }
        }
        List.of(properties).forEach(property -> arguments.add("--" + property));
        return new Application(
                new SpringApplicationBuilder(host).web(WebApplicationType.NONE).run(arguments.toArray(String[]::new)));
    }

    /** {@link #USERS} as properties. */
    static String[] withUsers(String... properties) {
        List<String> all = new ArrayList<>(List.of(properties));
        for (int i = 0; i < USERS.size(); i += 2) {
            all.add("autorecharge.accounts." + USERS.get(i).substring(2) + "=" + USERS.get(i + 1));
        }
        return all.toArray(String[]::new);
    }

    /** Grants and debits credits once; returns the balance. */
    String use(String account) {
        AutoRecharge autoRecharge = context.getBean(AutoRecharge.class);
        AccountId id = AccountId.of(account);
        autoRecharge.grant(new Grant(id, Credits.of(30), Category.PROMOTIONAL, "gift-1", "Gift"));
        autoRecharge.debit(Debit.of(id, Credits.of("7.5"), "job-1", null));
        autoRecharge.runOnce();
        return autoRecharge.balance(id).toString();
    }

    List<String> column(String query) {
        return context.getBean(JdbcTemplate.class).queryForList(query, String.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
