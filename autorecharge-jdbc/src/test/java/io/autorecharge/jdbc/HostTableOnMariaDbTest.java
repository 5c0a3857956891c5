package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.credit.Grant;
import io.autorecharge.store.UnknownAccountException;
import java.sql.SQLException;
import java.time.Instant;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("database")
final class HostTableOnMariaDbTest extends HostTableInUseContract {
    HostTableOnMariaDbTest() {
        super(IdType.BIGINT, BalanceType.numeric(19, 6));
    }

    @Override
    DataSource newDatabase() {
        return MariaDbServer.newDatabase();
    }

    @Test
    void an_id_that_the_database_takes_for_anothers_belongs_to_no_account() throws SQLException {
        Instant now = Instant.parse("2026-11-02T10:00:00Z");
        AccountId like = AccountId.of("ANN");
        HostTable users = new HostTable(newDatabase(), IdType.TEXT, BalanceType.INTEGER);
        users.make();
        users.execute("insert into users (id, credits) values ('ann', 50)");
        JdbcStore store = users.store();
        assertThat(users.number("select count(*) from users where id = 'ANN'")).isOne();

        assertThat(store.find(like)).isEmpty();
        assertThat(store.balance(like)).isEqualTo(Credits.ZERO);
        assertThat(store.debit(Debit.of(like, Credits.of(1), "job", null), false, now))
                .isEqualTo(new DebitResult.Refused(Credits.ZERO));
        assertThatThrownBy(() -> store.grant(new Grant(like, Credits.of(1), Category.PAID, "gift", "Gift"), now))
                .isInstanceOf(UnknownAccountException.class);
        assertThatThrownBy(() -> store.inTransaction(like, tx -> true)).isInstanceOf(UnknownAccountException.class);
        assertThat(store.balance(AccountId.of("ann"))).isEqualTo(Credits.of(50));
    }
}
