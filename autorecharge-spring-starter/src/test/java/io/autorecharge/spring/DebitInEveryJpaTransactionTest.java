package io.autorecharge.spring;

import io.autorecharge.spring.TransactionHost.Manager;
import java.util.List;
import org.junit.jupiter.api.Tag;

@Tag("jpa")
class DebitInEveryJpaTransactionTest extends DebitInEveryTransactionContract {
    @Override
    List<Manager> managers() {
        return List.of(Manager.JPA);
    }
}
