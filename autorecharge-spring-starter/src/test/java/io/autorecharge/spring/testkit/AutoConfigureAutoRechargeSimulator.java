package io.autorecharge.spring.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Runs the application context of a Spring Boot test against a {@code StripeSimulator} in place of Stripe.
 *
 * <pre>{@code
 * @SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
 * @AutoConfigureAutoRechargeSimulator
 * class CreditsTest {
 *     @Autowired
 *     StripeSimulator stripe;
 * }
 * }</pre>
 *
 * <ul>
 *   <li>The simulator starts before the context. {@code autorecharge.stripe.secret-key}, {@code webhook-secret} and {@code api-base} point the
 *       starter at it, whatever else sets them; {@code success-url} and {@code cancel-url} get a default.
 *   <li>The simulator is a bean. It stops with the context.
 *   <li>If the test runs a web server, the simulator delivers webhooks to its port. Without one, it delivers none; its events are kept.
 *   <li>If the context has exactly one {@link java.time.Clock} bean, the simulator uses it, as the starter does.
 *   <li>Tests whose contexts are equal share a context, and with it the simulator, as Spring's context cache decides. Faults that a test method
 *       leaves behind end with it; customers and payments stay. Use another account in each test.
 * </ul>
 */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@Documented
@Inherited
public @interface AutoConfigureAutoRechargeSimulator {}
