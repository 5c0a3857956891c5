package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.testkit.ExternalLedgerStoreContract;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

/** With an external ledger too: what it needs of the store, the contract of the store tries on every database. */
@Tag("database")
final class OtherSchemaOnPostgreSqlTest extends OtherSchemaContract {
    @Override
    Database newDatabase() {
        DataSource database = PostgreSqlFixture.newDatabase();
        Schemas.execute(database, "create schema t2", "create schema t3", "create schema nowhere");
        return new Database(Schemas.withSearchPath(database, "nowhere"));
    }

    @Nested
    class ServesAnExternalLedger extends ExternalLedgerStoreContract {
        @Override
        protected int rounds() {
            return RACE_ROUNDS;
        }

        @Override
        protected RechargeStore store() {
            return OtherSchemaOnPostgreSqlTest.this.store();
        }
    }

    @Override
    Dialect dialect() {
        return Dialect.POSTGRESQL;
    }

    @Override
    List<String> schemasWithTables(Connection connection) throws SQLException {
        return Schemas.of(connection);
    }
}
