/**
 * Real processes on a real PostgreSQL and a simulated Stripe: nodes that halt themselves at a named step, or are killed, paused and cut off
 * at random, and an audit of what the database, the provider and the debits' history say afterwards.
 */
package io.autorecharge.examples.nemesis;
