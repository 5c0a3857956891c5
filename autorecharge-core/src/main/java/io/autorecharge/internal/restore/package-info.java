/** Compares a restored database with the provider's payment history and records the charges and checkouts that it has lost. */
@NullMarked
package io.autorecharge.internal.restore;

import org.jspecify.annotations.NullMarked;
