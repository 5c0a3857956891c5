/**
 * Delivers committed events to listeners, and protects the protocol from observers that throw. Which events exist is decided where they
 * are published.
 */
@NullMarked
package io.autorecharge.internal.event;

import org.jspecify.annotations.NullMarked;
