/**
 * Accounts, ledger and recharges in a relational database. {@link io.autorecharge.jdbc.JdbcStore} is the way in, and
 * {@link io.autorecharge.jdbc.Migrator} makes its tables.
 */
@NullMarked
package io.autorecharge.jdbc;

import org.jspecify.annotations.NullMarked;
