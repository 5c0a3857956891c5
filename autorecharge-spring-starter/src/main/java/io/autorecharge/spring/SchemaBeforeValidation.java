package io.autorecharge.spring;

import jakarta.persistence.EntityManagerFactory;
import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Creates the tables before Hibernate validates entities against them. If Hibernate creates or updates tables itself, the order stays as
 * it is, because the library's migration may need the host's tables; likewise if the host's scripts wait for Hibernate.
 */
final class SchemaBeforeValidation implements BeanFactoryPostProcessor {
    private static final String DEFERRED = "spring.jpa.defer-datasource-initialization";

    private final Environment environment;

    SchemaBeforeValidation(Environment environment) {
        this.environment = environment;
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beanFactory) {
        if (!validates() || !beanFactory.containsBeanDefinition(StoreAutoConfiguration.MIGRATION)) {
            return;
        }
        for (String name : beanFactory.getBeanNamesForType(EntityManagerFactory.class, true, false)) {
            String factory = BeanFactoryUtils.transformedBeanName(name);
            if (beanFactory.containsBeanDefinition(factory)) {
                BeanDefinition definition = beanFactory.getBeanDefinition(factory);
                definition.setDependsOn(
                        StringUtils.addStringToArray(definition.getDependsOn(), StoreAutoConfiguration.MIGRATION));
            }
        }
    }

    private boolean validates() {
        String action = environment.getProperty(
                "spring.jpa.hibernate.ddl-auto",
                environment.getProperty("spring.jpa.properties.hibernate.hbm2ddl.auto", ""));
        return action.equals("validate") && !environment.getProperty(DEFERRED, Boolean.class, false);
    }
}
