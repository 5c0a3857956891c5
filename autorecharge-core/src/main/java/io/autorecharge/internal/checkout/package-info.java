/**
 * Purchases that the customer makes at checkout, and the checkout in which the customer pays a recharge that requires authentication.
 */
@NullMarked
package io.autorecharge.internal.checkout;

import org.jspecify.annotations.NullMarked;
