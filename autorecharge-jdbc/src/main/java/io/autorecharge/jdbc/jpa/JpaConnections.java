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
 * For hosts with JPA and without Spring (its starter brings the same): debits and grants become part of the transaction that the
 * host's {@code EntityManager} has open, and see what the host has persisted in it. Everything else of the library, recharges above all,
 * runs on connections from the pool and outside of that transaction.
 *
 * <p>Before its own SQL the library flushes the entity manager, so an error in the host's rows may come out of a debit, as the
 * {@code PersistenceException} that the host's own flush would have thrown; like every flush it cannot be called from an entity's
 * callback. Thread-safe as far as the two functions are; an entity manager is only used on the thread that it was given on.
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
     * Connections that join.
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
        // Our SQL passes the persistence context by: what is still waiting in it would not be seen.
        entityManager.flush();
        return connectionOf.apply(entityManager);
    }

    @Override
    public Connection open() throws SQLException {
        return dataSource.getConnection();
    }
}
