/** An application as small as it can be, for the schedulers to start. */
@NullMarked
package io.autorecharge.examples.schedulers;

import org.jspecify.annotations.NullMarked;
