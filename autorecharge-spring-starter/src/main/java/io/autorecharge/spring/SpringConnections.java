package io.autorecharge.spring;

import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.store.StoreException;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/** Joins the transaction that Spring has open on the same {@link DataSource}: {@code @Transactional}, {@code TransactionTemplate}, JPA. */
final class SpringConnections implements ConnectionPort {
    private static final boolean JPA = ClassUtils.isPresent(
                    "jakarta.persistence.EntityManager", SpringConnections.class.getClassLoader())
            && ClassUtils.isPresent(
                    "org.springframework.orm.jpa.EntityManagerHolder", SpringConnections.class.getClassLoader());

    private final DataSource dataSource;

    SpringConnections(DataSource dataSource) {
        this.dataSource = unwrapped(dataSource);
    }

    /** Without the proxy, which returns the host's connection where a separate one is needed. */
    static DataSource unwrapped(DataSource dataSource) {
        DataSource inner =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return inner == null ? dataSource : unwrapped(inner);
    }

    @Override
    public @Nullable Connection hostTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !(TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder)) {
            return null;
        }
        if (JPA && !EntityManagers.ready(dataSource, holder)) {
            return null;
        }
        try {
            Connection connection = holder.getConnection();
            // A transaction of another DataSource leaves connections here that are in auto-commit mode: there is no
            // transaction to join.
            return connection.getAutoCommit() ? null : connection;
        } catch (SQLException e) {
            throw new StoreException(false, "could not check whether a transaction is open", e);
        }
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }
}
