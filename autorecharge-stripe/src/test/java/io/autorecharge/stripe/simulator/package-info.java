/**
 * A simulator of Stripe for tests of applications and for the demo. It implements the Stripe API calls of this library over real HTTP, and
 * keeps state: customers, payment methods, mandates, payments, set-ups, checkout sessions, refunds, disputes, early fraud warnings, events and
 * idempotency keys. docs/testing.md says which behaviors are inferred.
 *
 * <p>Start with {@link io.autorecharge.stripe.simulator.SimulatorExtension} in JUnit tests and with
 * {@link io.autorecharge.stripe.simulator.StripeSimulator} elsewhere.
 *
 * <p>This package is published as the jar with the classifier {@code testkit}. It contains what an application can use to test its integration,
 * and depends only on the JDK, SLF4J and, for the extension, JUnit Jupiter; it uses neither the core nor the Stripe adapter. The tests of
 * the simulator and their helpers are in the same package, but not in the jar.
 */
@NullMarked
package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.NullMarked;
