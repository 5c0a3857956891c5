/** For the tests of hosts and of adapters: a settable clock, a provider that does as it is told, and the contracts that every adapter must pass. */
@NullMarked
package io.autorecharge.testkit;

import org.jspecify.annotations.NullMarked;
