package io.autorecharge.spring.web;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import java.util.Map;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.EntityManagerHolder;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Spring Boot's open-in-view binds an entity manager to each request. Once a bean of the host has read through it, it keeps its connection
 * until the request ends. The library takes connections of its own and calls the provider, so that requests that wait for the provider would
 * use up the pool.
 */
final class OpenViews {
    private static final boolean JPA = isPresent("jakarta.persistence.EntityManager")
            && isPresent("org.springframework.orm.jpa.EntityManagerHolder");

    private OpenViews() {}

    private static boolean isPresent(String type) {
        return ClassUtils.isPresent(type, OpenViews.class.getClassLoader());
    }

    /**
     * Gives back the connections that are bound to this request. Code of the host that runs later in the request finds an entity manager as
     * before; entities that were read until now are detached. Does nothing in a transaction, whose connection belongs to the host.
     */
    static void release() {
        if (JPA && !TransactionSynchronizationManager.isActualTransactionActive()) {
            EntityManagers.replaceAll();
        }
    }

    /** Loaded only if the host has JPA. */
    private static final class EntityManagers {
        static void replaceAll() {
            for (Map.Entry<Object, Object> bound : List.copyOf(
                    TransactionSynchronizationManager.getResourceMap().entrySet())) {
                if (bound.getKey() instanceof EntityManagerFactory factory
                        && bound.getValue() instanceof EntityManagerHolder holder) {
                    replace(factory, holder.getEntityManager());
                }
            }
        }

        /** Closing is the only way that JPA knows to give back a connection. */
        private static void replace(EntityManagerFactory factory, EntityManager used) {
            EntityManagerHolder unused = new EntityManagerHolder(factory.createEntityManager());
            TransactionSynchronizationManager.unbindResource(factory);
            TransactionSynchronizationManager.bindResource(factory, unused);
            EntityManagerFactoryUtils.closeEntityManager(used);
        }
    }
}
