package io.autorecharge.spring;

import io.autorecharge.credit.AccountId;
import io.autorecharge.spring.web.AccountResolver;
import java.security.Principal;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.NoOpPasswordEncoder;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;

/** A host that finds the user's account through JPA, with Spring Boot's open-in-view. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = {"io.autorecharge.spring", "io.autorecharge.jdbc.jpa"})
class OpenInViewHost {
    @Bean
    HeldShop shop() {
        return new HeldShop();
    }

    @Bean
    AccountResolver resolver(ShopAccounts accounts) {
        return new AccountResolver() {
            @Override
            public AccountId accountOf(Principal principal) {
                accounts.findById(principal.getName());
                return AccountId.of(principal.getName());
            }

            @Override
            public @Nullable String emailOf(Principal principal) {
                return accounts.findById(principal.getName())
                        .map(ShopAccount::email)
                        .orElse(null);
            }
        };
    }

    @Bean
    SecurityFilterChain security(HttpSecurity http) throws Exception {
        return http.csrf(csrf -> csrf.disable())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(IntStream.range(0, 10)
                .mapToObj(i -> User.withUsername("u" + i)
                        .password("u" + i)
                        .roles("USER")
                        .build())
                .toArray(UserDetails[]::new));
    }

    @Bean
    @SuppressWarnings("deprecation")
    PasswordEncoder passwords() {
        return NoOpPasswordEncoder.getInstance();
    }
}
