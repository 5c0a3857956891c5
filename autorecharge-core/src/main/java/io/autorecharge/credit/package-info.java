/**
 * Amounts and the entries of the ledger: {@link io.autorecharge.credit.Credits}, {@link io.autorecharge.credit.Money}, accounts' ids,
 * debits, grants, and the checks of values from outside. Those checks ({@link io.autorecharge.credit.InvalidValueException},
 * {@link io.autorecharge.credit.Range} and {@link io.autorecharge.credit.Text}) are here because every other package of values uses them.
 * Exact, immutable values that know no other package of the library. Not here: what is known of an account ({@code account}), when to
 * recharge ({@code policy}), and the ledger itself ({@code store}).
 */
@NullMarked
package io.autorecharge.credit;

import org.jspecify.annotations.NullMarked;
