/** A real PostgreSQL for tests, and what else tests on databases share. */
@NullMarked
package io.autorecharge.jdbc.testing;

import org.jspecify.annotations.NullMarked;
