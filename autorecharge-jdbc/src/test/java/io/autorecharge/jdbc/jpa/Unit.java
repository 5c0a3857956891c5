package io.autorecharge.jdbc.jpa;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.sql.Connection;
import java.util.Properties;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.sql.DataSource;
import org.hibernate.Session;
import org.hibernate.cfg.Configuration;
import org.jspecify.annotations.Nullable;

/** A host with Hibernate that keeps its entity manager in a thread-local, as hosts without a framework do. */
final class Unit implements AutoCloseable {
    private final EntityManagerFactory factory;
    private final ThreadLocal<@Nullable EntityManager> current = new ThreadLocal<>();

    /** Checks that the entities fit the tables. */
    Unit(DataSource pool, Class<?>... entities) {
        Configuration configuration = new Configuration();
        Properties properties = configuration.getProperties();
        properties.put("hibernate.connection.datasource", pool);
        properties.put("hibernate.hbm2ddl.auto", "validate");
        for (Class<?> entity : entities) {
            configuration.addAnnotatedClass(entity);
        }
        factory = configuration.buildSessionFactory();
    }

    @Nullable
    EntityManager current() {
        return current.get();
    }

    /** Runs work with an entity manager that has no transaction. */
    <T> T with(Function<EntityManager, T> work) {
        try (EntityManager entityManager = factory.createEntityManager()) {
            current.set(entityManager);
            return work.apply(entityManager);
        } finally {
            current.remove();
        }
    }

    /** Runs work in a transaction of the host's; its exception rolls back. */
    <T> T commit(Function<EntityManager, T> work) {
        return with(entityManager -> {
            entityManager.getTransaction().begin();
            try {
                T result = work.apply(entityManager);
                entityManager.getTransaction().commit();
                return result;
            } finally {
                if (entityManager.getTransaction().isActive()) {
                    entityManager.getTransaction().rollback();
                }
            }
        });
    }

    /** As {@link #commit}, but rolled back. */
    void rollBack(Consumer<EntityManager> work) {
        with(entityManager -> {
            entityManager.getTransaction().begin();
            try {
                work.accept(entityManager);
            } finally {
                entityManager.getTransaction().rollback();
            }
            return true;
        });
    }

    static Connection connectionOf(EntityManager entityManager) {
        return entityManager.unwrap(Session.class).doReturningWork(connection -> connection);
    }

    @Override
    public void close() {
        factory.close();
    }
}
