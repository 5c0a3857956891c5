package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.event.AutoRechargeObserver;
import io.autorecharge.policy.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A host with one kind of transaction manager, and all the places of its transactions where code of the host can run. */
final class TransactionHost implements AutoCloseable {
    enum Manager {
        JDBC,
        JPA,
        /** One that is not a bean. */
        UNKNOWN
    }

    /** Where in an outer transaction the code runs. */
    enum Place {
        NO_TRANSACTION,
        INSIDE,
        BEFORE_COMMIT,
        BEFORE_COMPLETION,
        AFTER_COMMIT,
        AFTER_COMPLETION,
        AFTER_ROLLBACK,
        EVENT_BEFORE_COMMIT,
        EVENT_AFTER_COMMIT,
        EVENT_AFTER_COMPLETION,
        EVENT_AFTER_ROLLBACK;

        boolean rollsBack() {
            return this == AFTER_ROLLBACK || this == EVENT_AFTER_ROLLBACK;
        }
    }

    /** The inner transaction of the code. */
    enum Scope {
        NONE(-1),
        REQUIRED(TransactionDefinition.PROPAGATION_REQUIRED),
        SUPPORTS(TransactionDefinition.PROPAGATION_SUPPORTS),
        MANDATORY(TransactionDefinition.PROPAGATION_MANDATORY),
        REQUIRES_NEW(TransactionDefinition.PROPAGATION_REQUIRES_NEW),
        NOT_SUPPORTED(TransactionDefinition.PROPAGATION_NOT_SUPPORTED),
        NEVER(TransactionDefinition.PROPAGATION_NEVER),
        NESTED(TransactionDefinition.PROPAGATION_NESTED);

        private final int propagation;

        Scope(int propagation) {
            this.propagation = propagation;
        }
    }

    /** How the inner transaction is configured, and how it ends. */
    enum Kind {
        COMMITTED,
        READ_ONLY,
        ROLLED_BACK
    }

    record Call(TransactionPhase phase, Runnable code) {}

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @AutoConfigurationPackage(basePackages = "io.autorecharge.jdbc.jpa")
    static class App {
        final Set<AccountId> decided = ConcurrentHashMap.newKeySet();

        @Bean
        FakeShop shop() {
            return new FakeShop();
        }

        @Bean
        AutoRechargeObserver observer() {
            return new AutoRechargeObserver() {
                @Override
                public void decided(AccountId account, Decision decision) {
                    decided.add(account);
                }
            };
        }

        @TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
        void beforeCommit(Call call) {
            run(call, TransactionPhase.BEFORE_COMMIT);
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMMIT)
        void afterCommit(Call call) {
            run(call, TransactionPhase.AFTER_COMMIT);
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
        void afterRollback(Call call) {
            run(call, TransactionPhase.AFTER_ROLLBACK);
        }

        @TransactionalEventListener(phase = TransactionPhase.AFTER_COMPLETION)
        void afterCompletion(Call call) {
            run(call, TransactionPhase.AFTER_COMPLETION);
        }

        private static void run(Call call, TransactionPhase phase) {
            if (call.phase() == phase) {
                call.code().run();
            }
        }
    }

    private final ConfigurableApplicationContext context;
    private final PlatformTransactionManager manager;

    private TransactionHost(ConfigurableApplicationContext context, PlatformTransactionManager manager) {
        this.context = context;
        this.manager = manager;
    }

    /** @param jpa whether the host has JPA, which must be on the class path then */
    static TransactionHost start(boolean jpa, boolean autoCommit) {
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.main.web-application-type=none",
                "--spring.main.banner-mode=off",
                "--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
                "--spring.datasource.hikari.auto-commit=" + autoCommit,
                "--spring.jpa.hibernate.ddl-auto=none",
                // Writes the stack trace of every exception in a callback, and there are thousands.
                "--logging.level.org.springframework.transaction.support.TransactionSynchronizationUtils=off",
                // A hundred accounts are recharged at once.
                "--autorecharge.calls-per-second=10000",
                "--autorecharge.scheduler.enabled=false"));
        if (!jpa) {
            arguments.add("--spring.autoconfigure.exclude="
                    + "org.springframework.boot.autoconfigure.orm.jpa.HibernateJpaAutoConfiguration,"
                    + "org.springframework.boot.autoconfigure.data.jpa.JpaRepositoriesAutoConfiguration");
        }
        ConfigurableApplicationContext context = SpringApplication.run(App.class, arguments.toArray(String[]::new));
        return new TransactionHost(context, context.getBean(PlatformTransactionManager.class));
    }

    /** The same application, with transactions of a manager. */
    TransactionHost with(Manager kind) {
        if (kind == Manager.UNKNOWN) {
            return new TransactionHost(context, new DataSourceTransactionManager(bean(DataSource.class)));
        }
        String type = manager.getClass().getSimpleName();
        if (type.equals("JpaTransactionManager") != (kind == Manager.JPA)) {
            throw new IllegalStateException("the host's transaction manager is a " + type);
        }
        return this;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    AutoRecharge library() {
        return bean(AutoRecharge.class);
    }

    Set<AccountId> decided() {
        return bean(App.class).decided;
    }

    /**
     * Runs code at a place of an outer transaction, in an inner transaction.
     *
     * @param before runs in the outer transaction first
     */
    void run(Place place, Scope scope, Kind kind, Runnable before, Runnable code) {
        Runnable inner = () -> in(scope, kind, code);
        if (place == Place.NO_TRANSACTION) {
            inner.run();
            return;
        }
        TransactionTemplate outer = new TransactionTemplate(manager);
        outer.executeWithoutResult(status -> {
            before.run();
            if (place == Place.INSIDE) {
                inner.run();
            } else if (place.name().startsWith("EVENT_")) {
                TransactionPhase phase = TransactionPhase.valueOf(place.name().substring("EVENT_".length()));
                context.publishEvent(new Call(phase, inner));
            } else {
                TransactionSynchronizationManager.registerSynchronization(at(place, inner));
            }
            if (place.rollsBack()) {
                status.setRollbackOnly();
            }
        });
    }

    private void in(Scope scope, Kind kind, Runnable code) {
        if (scope == Scope.NONE) {
            code.run();
            return;
        }
        TransactionTemplate inner = new TransactionTemplate(manager);
        inner.setPropagationBehavior(scope.propagation);
        inner.setReadOnly(kind == Kind.READ_ONLY);
        inner.executeWithoutResult(status -> {
            code.run();
            if (kind == Kind.ROLLED_BACK) {
                status.setRollbackOnly();
            }
        });
    }

    private static TransactionSynchronization at(Place place, Runnable code) {
        return new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                runAt(Place.BEFORE_COMMIT);
            }

            @Override
            public void beforeCompletion() {
                runAt(Place.BEFORE_COMPLETION);
            }

            @Override
            public void afterCommit() {
                runAt(Place.AFTER_COMMIT);
            }

            @Override
            public void afterCompletion(int status) {
                runAt(status == STATUS_COMMITTED ? Place.AFTER_COMPLETION : Place.AFTER_ROLLBACK);
            }

            private void runAt(Place reached) {
                if (place == reached) {
                    code.run();
                }
            }
        };
    }

    @Override
    public void close() {
        context.close();
    }
}
