/**
 * Wires the engine and settles reports of the provider. Everything below this package may change in any release; no other module may use it.
 * A capability gets a package of its own here, never a class in the root package.
 */
@NullMarked
package io.autorecharge.internal;

import org.jspecify.annotations.NullMarked;
