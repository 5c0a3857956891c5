/** The library without Spring: a pool of connections, a Stripe key, and one builder. */
@NullMarked
package io.autorecharge.examples.plain;

import org.jspecify.annotations.NullMarked;
