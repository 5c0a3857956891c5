package io.autorecharge.spring;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DelegatingDataSource;

/** Counts how often a host's database is asked for a connection. */
@Configuration(proxyBeanMethods = false)
class CountedDatabase {
    static final AtomicInteger CONNECTIONS = new AtomicInteger();

    @Bean
    static BeanPostProcessor counting() {
        return new BeanPostProcessor() {
            @Override
            public Object postProcessAfterInitialization(Object bean, String name) {
                return bean instanceof DataSource database ? new Counted(database) : bean;
            }
        };
    }

    private static final class Counted extends DelegatingDataSource {
        Counted(DataSource database) {
            super(database);
        }

        @Override
        public Connection getConnection() throws SQLException {
            CONNECTIONS.incrementAndGet();
            return super.getConnection();
        }
    }
}
