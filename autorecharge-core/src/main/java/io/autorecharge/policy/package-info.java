/** When, how much and how often to recharge: pure functions over a snapshot, without a clock and without input or output. */
@NullMarked
package io.autorecharge.policy;

import org.jspecify.annotations.NullMarked;
