/**
 * Refunds and disputes: removes from the ledger what a payment had bought, and polls the provider for those that no webhook reported.
 */
@NullMarked
package io.autorecharge.internal.reversal;

import org.jspecify.annotations.NullMarked;
