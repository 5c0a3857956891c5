package io.autorecharge.gateway;

import io.autorecharge.credit.AccountId;

/**
 * A payment of ours with what became of it, as its provider tells it now.
 *
 * @param account whose payment the provider's metadata says it is
 * @param reversals its refunds and disputes
 */
public record ReversedPayment(AccountId account, PaymentReversals reversals) {}
