package io.autorecharge.spring;

import jakarta.persistence.EntityManagerFactory;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.orm.jpa.EntityManagerFactoryUtils;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.persistenceunit.PersistenceManagedTypes;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

/** A second persistence unit of a host, on a database of its own. */
final class OtherUnit implements AutoCloseable {
    private final LocalContainerEntityManagerFactoryBean unit = new LocalContainerEntityManagerFactoryBean();
    private final EntityManagerFactory factory;
    private final TransactionTemplate transaction;

    OtherUnit() {
        DataSource database = new DriverManagerDataSource("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        unit.setPersistenceUnitName("other");
        unit.setDataSource(database);
        unit.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
        unit.setManagedTypes(PersistenceManagedTypes.of(ShopOrder.class.getName()));
        unit.setJpaPropertyMap(Map.of("hibernate.hbm2ddl.auto", "create"));
        unit.afterPropertiesSet();
        factory = unit.getObject();
        transaction = new TransactionTemplate(new JpaTransactionManager(factory));
        transaction.executeWithoutResult(status -> persistOrder());
    }

    /** Persists what this database would refuse, does the work, and gives the transaction up. */
    void rollBack(Runnable work) {
        transaction.executeWithoutResult(status -> {
            persistOrder();
            work.run();
            status.setRollbackOnly();
        });
    }

    private void persistOrder() {
        EntityManagerFactoryUtils.getTransactionalEntityManager(factory).persist(new ShopOrder("the only one"));
    }

    @Override
    public void close() {
        unit.destroy();
    }
}
