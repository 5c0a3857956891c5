/**
 * The ports to the database: {@code RechargeStore}, {@code Ledger} and {@code AfterCommit}, with the values that they store.
 * Implementations belong to adapters such as {@code io.autorecharge.jdbc}.
 */
@NullMarked
package io.autorecharge.store;

import org.jspecify.annotations.NullMarked;
