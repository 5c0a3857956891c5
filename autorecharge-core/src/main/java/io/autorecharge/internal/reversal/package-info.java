/** Refunds and disputes: books what a payment bought back out of the ledger, and polls the provider for those that no webhook reported. */
@NullMarked
package io.autorecharge.internal.reversal;

import org.jspecify.annotations.NullMarked;
