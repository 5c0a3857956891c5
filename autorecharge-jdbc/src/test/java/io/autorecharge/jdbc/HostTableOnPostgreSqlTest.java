package io.autorecharge.jdbc;

import io.autorecharge.jdbc.testing.PostgreSqlFixture;
import javax.sql.DataSource;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;

@Tag("database")
final class HostTableOnPostgreSqlTest {
    @Nested
    class WithIntegerIdsAndDecimalCredits extends HostTableInUseContract {
        WithIntegerIdsAndDecimalCredits() {
            super(IdType.INTEGER, BalanceType.numeric(19, 6));
        }

        @Override
        DataSource newDatabase() {
            return PostgreSqlFixture.newDatabase();
        }
    }

    @Nested
    class WithUuidsAndFloatingCredits extends HostTableStoreContract {
        WithUuidsAndFloatingCredits() {
            super(IdType.UUID, BalanceType.DOUBLE);
        }

        @Override
        DataSource newDatabase() {
            return PostgreSqlFixture.newDatabase();
        }
    }

    @Nested
    class WithTextIdsAndNumericCredits extends OnPostgreSql {
        WithTextIdsAndNumericCredits() {
            super(IdType.TEXT, BalanceType.numeric());
        }
    }

    @Nested
    class WithALedgerThatIsThere extends OnPostgreSql {
        WithALedgerThatIsThere() {
            super(IdType.INTEGER, BalanceType.DOUBLE);
        }

        @Override
        boolean hasLedger() {
            return true;
        }
    }

    abstract static class OnPostgreSql extends HostTableContract {
        OnPostgreSql(IdType idType, BalanceType balanceType) {
            super(idType, balanceType);
        }

        @Override
        DataSource newDatabase() {
            return PostgreSqlFixture.newDatabase();
        }
    }
}
