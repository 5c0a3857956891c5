/**
 * A Stripe simulator for the tests of hosts and for the demo: the calls this library makes, over real HTTP, with state.
 *
 * <p>Start with {@link io.autorecharge.stripe.simulator.StripeSimulator}.
 */
@NullMarked
package io.autorecharge.stripe.simulator;

import org.jspecify.annotations.NullMarked;
