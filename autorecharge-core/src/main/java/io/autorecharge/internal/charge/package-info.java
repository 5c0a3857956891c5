/**
 * The protocol of an automatic charge: evaluate, claim, charge, settle. Purchases that the customer makes at checkout belong to
 * {@code internal.checkout}.
 */
@NullMarked
package io.autorecharge.internal.charge;

import org.jspecify.annotations.NullMarked;
