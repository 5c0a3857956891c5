/**
 * Support for JPA: the library's columns for the host's own entity, read-only entities of the ledger and the recharges, and connections
 * that join the transaction of an {@code EntityManager}. The host provides {@code jakarta.persistence-api} 3.1 or later. No other class
 * of this module needs it.
 */
@NullMarked
package io.autorecharge.jdbc.jpa;

import org.jspecify.annotations.NullMarked;
