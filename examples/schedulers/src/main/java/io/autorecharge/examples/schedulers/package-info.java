/** A minimal application for the schedulers to start. */
@NullMarked
package io.autorecharge.examples.schedulers;

import org.jspecify.annotations.NullMarked;
