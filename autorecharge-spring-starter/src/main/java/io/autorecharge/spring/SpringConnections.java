package io.autorecharge.spring;

import io.autorecharge.jdbc.ConnectionPort;
import io.autorecharge.store.StoreException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;
import org.springframework.util.ReflectionUtils;

/** Joins the transaction that Spring has open on the same {@link DataSource}: {@code @Transactional}, {@code TransactionTemplate}, JPA. */
final class SpringConnections implements ConnectionPort {
    private static final boolean JPA = ClassUtils.isPresent(
                    "jakarta.persistence.EntityManager", SpringConnections.class.getClassLoader())
            && ClassUtils.isPresent(
                    "org.springframework.orm.jpa.EntityManagerHolder", SpringConnections.class.getClassLoader());

    /** Protected in Spring, and the only way to know whether a manager has begun a transaction on this connection. */
    private static final @Nullable Method TRANSACTION_ACTIVE =
            ReflectionUtils.findMethod(ConnectionHolder.class, "isTransactionActive");

    private final DataSource dataSource;
    private final TransactionPhases phases;

    SpringConnections(DataSource dataSource) {
        this.dataSource = unwrapped(dataSource);
        this.phases = new TransactionPhases(this.dataSource);
    }

    /** Without the proxy, which returns the host's connection where a separate one is needed. */
    static DataSource unwrapped(DataSource dataSource) {
        DataSource inner =
                dataSource instanceof TransactionAwareDataSourceProxy proxy ? proxy.getTargetDataSource() : null;
        return inner == null ? dataSource : unwrapped(inner);
    }

    /** To be told of transactions by the managers that begin them. */
    TransactionPhases phases() {
        return phases;
    }

    @Override
    public @Nullable Connection hostTransaction() {
        ConnectionHolder holder = openTransaction();
        if (holder == null) {
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

    /** Whether calls on this thread join a transaction of the host; nothing is flushed. */
    boolean isJoining() {
        return openTransaction() != null;
    }

    /** The connection of the transaction that the host has open, or null. */
    private @Nullable ConnectionHolder openTransaction() {
        // Spring ends the synchronization before the callbacks after the completion, where the transaction is over.
        return TransactionSynchronizationManager.isActualTransactionActive()
                        && TransactionSynchronizationManager.isSynchronizationActive()
                        && TransactionSynchronizationManager.getResource(dataSource) instanceof ConnectionHolder holder
                        && isOfTransaction(holder)
                        && phases.isOpen(holder)
                ? holder
                : null;
    }

    /**
     * Not if a query inside a transaction of another DataSource has left its connection here. JPA binds connections with a handle of its own,
     * and {@link EntityManagers} knows their state.
     */
    private static boolean isOfTransaction(ConnectionHolder holder) {
        if (TRANSACTION_ACTIVE == null || !(holder.getConnectionHandle() instanceof SimpleConnectionHandle)) {
            return true;
        }
        ReflectionUtils.makeAccessible(TRANSACTION_ACTIVE);
        return Boolean.TRUE.equals(ReflectionUtils.invokeMethod(TRANSACTION_ACTIVE, holder));
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }
}
