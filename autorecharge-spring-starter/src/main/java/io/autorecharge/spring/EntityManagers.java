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

/** What the host's transaction has waiting in JPA. Loaded only where the host has JPA and Spring's support for it. */
final class EntityManagers {
    private EntityManagers() {}

    /**
     * Writes what the host has persisted on this thread's transaction and JPA still keeps to itself, so that our SQL sees it. A read-only
     * transaction is left alone: there JPA is to write nothing.
     *
     * @param connection of the transaction
     * @return false when it is JPA's and over, as in a callback after the commit: nobody would commit what joined it now
     */
    static boolean ready(DataSource dataSource, ConnectionHolder connection) {
        boolean over = !(connection.getConnectionHandle() instanceof SimpleConnectionHandle);
        // A copy: a flush runs code of the host's, which may bind what it opens.
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

    /** A factory that does not tell of its database counts as being on ours. */
    private static boolean isOn(DataSource dataSource, Object factory) {
        DataSource other = factory instanceof EntityManagerFactoryInfo info ? info.getDataSource() : null;
        return other == null || SpringConnections.unwrapped(other).equals(dataSource);
    }
}
