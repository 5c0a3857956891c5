/**
 * Real processes on a real PostgreSQL and a simulated Stripe. Nodes halt at a named step, or are killed, paused and disconnected at random.
 * An audit then compares the database, the provider and the history of the debits.
 */
package io.autorecharge.examples.nemesis;
