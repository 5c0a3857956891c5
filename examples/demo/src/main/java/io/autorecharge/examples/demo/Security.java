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
 * Who may do what. The library brings no rules of its own; a host adds one for the webhook, whose sender proves itself by a signature and
 * has no account here.
 */
@Configuration(proxyBeanMethods = false)
@ConditionalOnWebApplication
class Security {
    /**
     * The API: HTTP Basic on every request, no session read or written. So a browser that is signed in to the pages brings nothing that
     * the API would take, and there is no session for a forged request to ride on: that, and only that, is why CSRF protection may be
     * off here. A forged form cannot send {@code application/json} either, the one content type that the API reads.
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

    /** The pages: a session after the login form, and a CSRF token in every form. */
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

    /** Browsers apply {@code form-action} to the redirect after a form too, so the checkout page's origin stands in it. */
    private static String contentSecurityPolicy(@Nullable StripeSimulator simulator) {
        String checkout = simulator == null ? "https://checkout.stripe.com" : simulator.baseUrl();
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self' "
                + checkout + "; frame-ancestors 'none'; base-uri 'none'";
    }

    /** For trying out, with passwords that stand in the documentation: never do this where money is real. */
    @Bean
    UserDetailsService users() {
        return new InMemoryUserDetailsManager(user("alice"), user("bob"));
    }

    private static UserDetails user(String name) {
        return User.withUsername(name).password("{noop}" + name).roles("USER").build();
    }
}
