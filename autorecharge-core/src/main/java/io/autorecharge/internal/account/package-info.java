/**
 * Transactions on one account and what all steps of the protocol share: reading the standing, settings, suspensions and ledger postings.
 * Calls to the provider do not belong here.
 */
@NullMarked
package io.autorecharge.internal.account;

import org.jspecify.annotations.NullMarked;
