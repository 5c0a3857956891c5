package io.autorecharge.jdbc.jpa;

import io.autorecharge.jdbc.ConnectionPort;
import jakarta.persistence.EntityManager;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Connections for hosts with JPA and without Spring, whose starter does the same. Debits and grants join the open transaction of the host's
 * {@code EntityManager}, and see what the host has persisted in it. Everything else, recharges in particular, runs on connections from the pool
 * and outside of that transaction.
 *
 * <p>The library flushes the entity manager before its own SQL. So a debit may throw the {@code PersistenceException} of an error in the host's
 * rows. Like every flush, it cannot be called from a callback of an entity. Thread-safe if the two functions are. An entity manager is used only
 * on the thread for which it was returned.
 */
public final class JpaConnections implements ConnectionPort {
    private final DataSource dataSource;
    private final Supplier<? extends @Nullable EntityManager> current;
    private final Function<EntityManager, Connection> connectionOf;

    private JpaConnections(
            DataSource dataSource,
            Supplier<? extends @Nullable EntityManager> current,
            Function<EntityManager, Connection> connectionOf) {
        this.dataSource = Objects.requireNonNull(dataSource, "dataSource");
        this.current = Objects.requireNonNull(current, "current");
        this.connectionOf = Objects.requireNonNull(connectionOf, "connectionOf");
    }

    /**
     * Connections that join the host's transactions.
     *
     * @param dataSource the pool of the same database, for the library's own connections
     * @param current the entity manager that the calling thread works with, or null; one without an active transaction is not joined
     * @param connectionOf the connection of its transaction, which JPA has no standard way to ask for. Hibernate:
     *     {@code em -> em.unwrap(Session.class).doReturningWork(connection -> connection)}; EclipseLink:
     *     {@code em -> em.unwrap(Connection.class)}
     */
    public static ConnectionPort create(
            DataSource dataSource,
            Supplier<? extends @Nullable EntityManager> current,
            Function<EntityManager, Connection> connectionOf) {
        return new JpaConnections(dataSource, current, connectionOf);
    }

    @Override
    public @Nullable Connection hostTransaction() {
        EntityManager entityManager = current.get();
        if (entityManager == null || !entityManager.isOpen() || !entityManager.isJoinedToTransaction()) {
            return null;
        }
        // The library's SQL bypasses the persistence context, and would miss changes that are not flushed.
        entityManager.flush();
        return connectionOf.apply(entityManager);
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }
}
