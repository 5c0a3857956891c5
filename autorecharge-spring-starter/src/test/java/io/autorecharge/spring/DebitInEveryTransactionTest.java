package io.autorecharge.spring;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.spring.TransactionHost.Kind;
import io.autorecharge.spring.TransactionHost.Manager;
import io.autorecharge.spring.TransactionHost.Place;
import io.autorecharge.spring.TransactionHost.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

@Tag("database")
class DebitInEveryTransactionTest extends DebitInEveryTransactionContract {
    @Override
    List<Manager> managers() {
        return List.of(Manager.JDBC, Manager.UNKNOWN);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_connection_in_a_transaction_of_another_database_is_not_joined(boolean autoCommit) {
        TransactionHost host = host(Manager.JDBC, autoCommit);
        AccountId account = account(host);
        DataSource other = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID());
        TransactionTemplate inOther = new TransactionTemplate(new DataSourceTransactionManager(other));

        inOther.executeWithoutResult(status -> {
            // Binds a connection that no transaction manager will commit.
            host.bean(JdbcTemplate.class).queryForList("select id from credit_accounts");
            apply(host.library(), "debit", account);
            status.setRollbackOnly();
        });

        assertThat(host.library().balance(account)).isEqualTo(Credits.of(80));
    }

    @Test
    void a_callback_of_a_manager_that_is_no_bean_says_what_to_do() {
        TransactionHost host = host(Manager.UNKNOWN, false);
        AccountId account = account(host);
        List<String> messages = new ArrayList<>();

        host.run(Place.AFTER_COMMIT, Scope.NONE, Kind.COMMITTED, NOTHING, () -> {
            try {
                apply(host.library(), "debit", account);
            } catch (IllegalStateException e) {
                messages.add(e.getMessage());
            }
        });

        assertThat(messages).singleElement().asString().contains("the transaction manager is not a bean");
    }
}
