package io.autorecharge.spring;

import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.SimpleConnectionHandle;
import org.springframework.orm.jpa.EntityManagerFactoryInfo;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** The pending writes of the host's JPA transaction. Loaded only if the host has JPA and Spring's support for it. */
final class EntityManagers {
    private EntityManagers() {}

    /**
     * Flushes what the host has persisted in this thread's transaction, so that the library's SQL sees it. In a read-only transaction
     * nothing is flushed, because JPA must not write there.
     *
     * @param connection the connection of the transaction
     * @return false if the transaction is JPA's and has ended, as in a callback after the commit: what joins it now would never be
     *     committed
     */
    static boolean ready(DataSource dataSource, ConnectionHolder connection) {
        boolean over = !(connection.getConnectionHandle() instanceof SimpleConnectionHandle);
        // A copy, because a flush runs the host's code, which may bind further resources.
        for (Map.Entry<Object, Object> resource :
                List.copyOf(TransactionSynchronizationManager.getResourceMap().entrySet())) {
            if (resource.getValue() instanceof EntityManagerHolder holder && isOn(dataSource, resource.getKey())) {
                EntityManager entityManager = holder.getEntityManager();
                if (entityManager.isJoinedToTransaction()) {
                    over = false;
                    if (!TransactionSynchronizationManager.isCurrentTransactionReadOnly()) {
                        entityManager.flush();
                    }
                }
            }
        }
        return !over;
    }

    /** A factory that does not name its database is assumed to use the same one. */
    private static boolean isOn(DataSource dataSource, Object factory) {
        DataSource other = factory instanceof EntityManagerFactoryInfo info ? info.getDataSource() : null;
        return other == null || SpringConnections.unwrapped(other).equals(dataSource);
    }
}
