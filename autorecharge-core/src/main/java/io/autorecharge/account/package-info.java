/** What the library knows about one account: settings, consent, payment method, suspension and state. Values only; nothing here reads the database. */
@NullMarked
package io.autorecharge.account;

import org.jspecify.annotations.NullMarked;
