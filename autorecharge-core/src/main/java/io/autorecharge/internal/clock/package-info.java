/** Compares the host's clock with the provider's. What follows from a difference is decided where accounts are checked. */
@NullMarked
package io.autorecharge.internal.clock;

import org.jspecify.annotations.NullMarked;
