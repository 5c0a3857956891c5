/**
 * Balances that are kept in another service: grants that are delivered at least once, and balances that are read before a transaction.
 * The only package that knows that a ledger may be remote.
 */
@NullMarked
package io.autorecharge.internal.externalledger;

import org.jspecify.annotations.NullMarked;
