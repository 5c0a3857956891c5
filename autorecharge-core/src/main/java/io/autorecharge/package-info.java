/**
 * Automatic recharge of prepaid credits. {@link io.autorecharge.AutoRecharge} is the entry point to the protocol <em>evaluate, claim,
 * charge, settle</em>.
 */
@NullMarked
package io.autorecharge;

import org.jspecify.annotations.NullMarked;
