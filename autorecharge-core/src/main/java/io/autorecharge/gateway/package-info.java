/**
 * The ports to the payment provider, what is sent through them, and what the provider answers. Adapters implement the ports and pass
 * their contract tests. The ids of recharges, attempts and checkouts are here because they are part of what is sent. Not here: one
 * provider's API (adapters such as {@code io.autorecharge.stripe}), and what follows from an answer ({@code internal}).
 */
@NullMarked
package io.autorecharge.gateway;

import org.jspecify.annotations.NullMarked;
