package io.autorecharge.examples.demo;

import io.autorecharge.stripe.simulator.StripeSimulator;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetails;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;

/**
 * The security rules. The library adds none of its own. A host permits the webhook, whose sender has no login and proves itself by a signature.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Security {
    /**
     * The API uses HTTP Basic on every request and neither reads nor writes a session. A browser that is signed in to the pages sends nothing
     * that the API accepts, so a forged request has no session to use. This is the only reason why CSRF protection may be off here. A forged
     * form cannot send {@code application/json} either, the only content type that the API reads.
     */
    @Bean
    @Order(1)
    SecurityFilterChain api(HttpSecurity http, ApiProblems problems) throws Exception {
        return http.securityMatcher("/api/**")
                .authorizeHttpRequests(rules -> rules.requestMatchers(HttpMethod.POST, "/api/credits/webhook")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .sessionManagement(sessions -> sessions.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                .csrf(csrf -> csrf.disable())
                .httpBasic(basic -> basic.authenticationEntryPoint(problems))
                .exceptionHandling(
                        errors -> errors.authenticationEntryPoint(problems).accessDeniedHandler(problems))
                .requestCache(cache -> cache.disable())
                .logout(logout -> logout.disable())
                .build();
    }

    /** The pages use a session after the login form, and a CSRF token in every form. */
    @Bean
    @Order(2)
    SecurityFilterChain pages(HttpSecurity http, ObjectProvider<StripeSimulator> simulator) throws Exception {
        String policy = contentSecurityPolicy(simulator.getIfAvailable());
        return http.authorizeHttpRequests(rules -> rules.requestMatchers(
                                "/login", "/app.css", "/app.js", "/favicon.svg", "/favicon.ico", "/error")
                        .permitAll()
                        .requestMatchers("/actuator/health/**", "/actuator/health")
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .formLogin(form -> form.loginPage("/login").defaultSuccessUrl("/profile"))
                .logout(logout -> logout.logoutSuccessUrl("/login?logout"))
                .headers(headers -> headers.contentSecurityPolicy(csp -> csp.policyDirectives(policy))
                        .referrerPolicy(referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /** Browsers apply {@code form-action} to the redirect after a form too, so it includes the origin of the checkout page. */
    private static String contentSecurityPolicy(@Nullable StripeSimulator simulator) {
        String checkout = simulator == null ? "https://checkout.stripe.com" : simulator.baseUrl();
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self' "
                + checkout + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** For trying out, with passwords that are in the documentation. Never do this with real money. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(user("alice"), user("bob"));
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password("{noop}" + name).roles("USER").build();
    }
}
