package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.autorecharge.policy.RechargePolicy;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.LoggerFactory;

/**
 * The catalogue is asked what can keep the library from writing. Each obstacle is named; one with which nothing can be written is refused.
 */
abstract class SchemaObstaclesContract {
    static final boolean CERTAIN = true;
    static final boolean POSSIBLE = false;

    /**
     * SQL of the host that puts an obstacle in the way.
     *
     * @param named what the message names, in order
     * @param certain whether nothing can be written as long as it is there
     */
    record Obstacle(boolean certain, String put, String... named) {
        @Override
        public String toString() {
            return put;
        }
    }

    /** With the host's table of users and the library's tables. */
    private DataSource database;

    /** The same database, as the application connects to it. */
    private DataSource application;

    private AccountsTable users;

    abstract DataSource newDatabase() throws SQLException;

    /** A new database with the host's table of users and the library's tables. */
    DataSource newUsers() throws SQLException {
        DataSource made = newDatabase();
        makeTables(made);
        return made;
    }

    static void makeTables(DataSource database) throws SQLException {
        new HostTable(database, IdType.BIGINT, BalanceType.numeric(19, 6)).make();
    }

    abstract DataSource application(DataSource database) throws SQLException;

    @BeforeEach
    void makeTables() throws SQLException {
        database = newUsers();
        users = new HostTable(database, IdType.BIGINT, BalanceType.numeric(19, 6)).table();
        application = application(database);
    }

    private List<SchemaObstacle> found(AccountsTable table) {
        ConnectionPort connections = ConnectionPort.of(application);
        return Migrator.create(connections, Dialect.detect(connections), table).obstacles();
    }

    private JdbcStore store(AccountsTable table) {
        ConnectionPort connections = ConnectionPort.of(application);
        return JdbcStore.create(connections, Dialect.detect(connections), table, RechargePolicy.DEFAULT_THRESHOLD);
    }

    @Test
    void the_tables_as_they_were_made_have_no_obstacle() {
        assertThat(found(users)).isEmpty();
        assertThat(warnings(() -> store(users))).isEmpty();
    }

    @Test
    void the_tables_are_read_and_the_obstacles_asked_for_in_three_statements() {
        ConnectionPort connections = ConnectionPort.of(application);
        TableNames names = SchemaResolver.resolve(connections, Dialect.detect(connections), users);
        RoundTrips trips = new RoundTrips(application);

        new TableGuard(ConnectionPort.of(trips.dataSource()), names).atStart();

        assertThat(trips.take()).hasSize(3);
    }

    @Test
    void the_librarys_own_accounts_have_no_obstacle() throws SQLException {
        DataSource own = newDatabase();
        Migrator.of(own).migrate();
        application = application(own);

        assertThat(found(AccountsTable.own())).isEmpty();
    }

    @Test
    void the_foreign_key_and_the_index_that_the_library_makes_are_no_obstacle() {
        ConnectionPort connections = ConnectionPort.of(database);
        AccountsTable tied = users.withForeignKey();
        Migrator.create(connections, Dialect.detect(connections), tied).migrate();

        assertThat(found(tied)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("obstacles")
    void each_is_named_when_a_store_is_created(Obstacle obstacle) {
        Schemas.execute(database, obstacle.put().split("; "));

        assertThat(found(users))
                .anySatisfy(it -> {
                    assertThat(it.toString().toLowerCase(java.util.Locale.ROOT)).contains(List.of(obstacle.named()));
                    assertThat(it.certain()).isEqualTo(obstacle.certain());
                })
                .as("only this obstacle: " + obstacle)
                .allSatisfy(it -> assertThat(it.toString().toLowerCase(java.util.Locale.ROOT))
                        .contains(obstacle.named()[0]));
        if (obstacle.certain()) {
            assertThatThrownBy(() -> store(users))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("Nobody is charged");
        } else {
            List<String> warnings = warnings(() -> store(users));
            assertThat(String.join(" ", warnings).toLowerCase(java.util.Locale.ROOT))
                    .contains(List.of(obstacle.named()));
            assertThat(warnings(() -> store(users))).as("named once").isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("harmless")
    void what_does_not_touch_the_librarys_writes_is_not_named(String harmless) {
        Schemas.execute(database, harmless.split("; "));

        assertThat(found(users)).isEmpty();
    }

    private static List<String> warnings(Runnable work) {
        Logger logger = (Logger) LoggerFactory.getLogger(JdbcStore.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            work.run();
        } finally {
            logger.detachAppender(lines);
        }
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }
}
