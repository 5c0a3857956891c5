/** The database's port: accounts, ledger, recharges, attempts, checkouts and the outbox, with an implementation in memory. */
@NullMarked
package io.autorecharge.store;

import org.jspecify.annotations.NullMarked;
