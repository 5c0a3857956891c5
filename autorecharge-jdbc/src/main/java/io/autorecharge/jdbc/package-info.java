/**
 * Accounts, ledger and recharges in a relational database. {@link io.autorecharge.jdbc.JdbcStore} is the entry point, and
 * {@link io.autorecharge.jdbc.Migrator} creates its tables. The sections of this package:
 *
 * <ul>
 *   <li><b>Store:</b> {@code JdbcStore}, {@code JdbcLedger} and {@code JdbcAccountTransaction}. One class per table, {@code …Rows}, writes its
 *       statements. {@code Sql…} executes them and converts values. {@code JdbcTransactions} opens and repeats transactions.
 *   <li><b>Accounts table:</b> {@code AccountsTable} with {@code IdType} and {@code BalanceType}: the library's own table, or one of the host.
 *   <li><b>Schema and migration:</b> {@code Schema…} reads the schema files and the existing tables. {@code Migrator} and {@code Migration…}
 *       apply the files, once and beside other nodes. {@code HostTable…} checks and extends the tables of a host.
 *   <li><b>Verification:</b> {@code Verification} checks each {@code Invariant} with the SQL in {@code …Invariants}.
 *   <li><b>Command:</b> {@code DatabaseCommand} offers schema, migration and verification on a command line.
 * </ul>
 */
@NullMarked
package io.autorecharge.jdbc;

import org.jspecify.annotations.NullMarked;
