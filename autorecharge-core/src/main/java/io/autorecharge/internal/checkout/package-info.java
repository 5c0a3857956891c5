/** Purchases that the customer makes on the provider's checkout page, and the checkout that recovers a recharge whose bank asked for authentication. */
@NullMarked
package io.autorecharge.internal.checkout;

import org.jspecify.annotations.NullMarked;
