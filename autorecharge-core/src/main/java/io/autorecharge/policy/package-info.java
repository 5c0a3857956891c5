/**
 * When, how much and how often to recharge: pure functions over a snapshot of an account, without a clock, input or output. Everything
 * that a host configures about a recharge is a value here, also the waits of the protocol ({@link io.autorecharge.policy.Timing}). Not
 * here: reading the snapshot and carrying out the decision ({@code internal}).
 */
@NullMarked
package io.autorecharge.policy;

import org.jspecify.annotations.NullMarked;
