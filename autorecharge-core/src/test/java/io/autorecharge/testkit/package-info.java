/** For the tests of hosts and adapters: a settable clock, a scripted payment provider, an in-memory store, and the contracts of all ports. */
@NullMarked
package io.autorecharge.testkit;

import org.jspecify.annotations.NullMarked;
