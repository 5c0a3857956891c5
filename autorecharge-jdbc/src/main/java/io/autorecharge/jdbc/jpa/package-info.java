/**
 * For hosts that use JPA: the columns of auto-recharge in the host's own entity, the ledger and the recharges as entities to read, and
 * connections that join the transaction of an {@code EntityManager}. Needs {@code jakarta.persistence-api} 3.1 or later, which the host
 * brings; nothing outside of this package loads it.
 */
@NullMarked
package io.autorecharge.jdbc.jpa;

import org.jspecify.annotations.NullMarked;
