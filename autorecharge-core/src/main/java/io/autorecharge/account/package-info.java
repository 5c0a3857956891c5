/**
 * What the library knows about one account: settings, consent, payment method, suspension and state. Immutable values. Not here: whether to
 * recharge the account ({@code policy}), and how it is read and written ({@code store}).
 */
@NullMarked
package io.autorecharge.account;

import org.jspecify.annotations.NullMarked;
