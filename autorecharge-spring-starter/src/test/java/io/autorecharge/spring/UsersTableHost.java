package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.spring.web.AccountResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** A host with a table of users: alice is number 1, bob's row was deleted, and another login has no user. */
@Configuration(proxyBeanMethods = false)
@Import(HostApp.class)
class UsersTableHost {
    static final AccountId ALICE = AccountId.of("1");

    @Bean
    AccountResolver accounts() {
        return principal -> switch (principal.getName()) {
            case "alice" -> ALICE;
            case "bob" -> AccountId.of("2");
            default -> AccountId.of("nobody");
        };
    }
}
