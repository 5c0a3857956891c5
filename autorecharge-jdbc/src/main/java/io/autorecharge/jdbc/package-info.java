/**
 * Accounts, ledger and recharges in a relational database. {@link io.autorecharge.jdbc.JdbcStore} is the entry point, and
 * {@link io.autorecharge.jdbc.Migrator} creates its tables.
 */
@NullMarked
package io.autorecharge.jdbc;

import org.jspecify.annotations.NullMarked;
