package com.example.shop;

import static org.springframework.security.core.userdetails.User.withUsername;

import io.autorecharge.credit.AccountId;
import io.autorecharge.spring.web.AccountResolver;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.core.userdetails.UsernameNotFoundException;
import org.springframework.security.web.SecurityFilterChain;

/** Everything needs a login, by HTTP Basic and without a session. */
@Configuration(proxyBeanMethods = false)
class Security {
    @Bean
    SecurityFilterChain api(HttpSecurity http) throws Exception {
        return http.authorizeHttpRequests(rules -> rules.requestMatchers(HttpMethod.POST, "/api/credits/webhook")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .httpBasic(Customizer.withDefaults())
                .build();
    }

    /** Logins are e-mail addresses, accounts are the numbers of the users. */
    @Bean
    AccountResolver accounts(UserRepository users) {
        return login -> users.findByEmail(login.getName())
                .map(user -> AccountId.of(String.valueOf(user.getId())))
                .orElse(null);
    }

    @Bean
    UserDetailsService logins(UserRepository users) {
        return email -> users.findByEmail(email)
                .map(user -> withUsername(email).password(user.getPassword()).build())
                .orElseThrow(() -> new UsernameNotFoundException(email));
    }
}
