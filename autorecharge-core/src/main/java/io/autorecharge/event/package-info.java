/** What the library did, or why it did not, told to the host. */
@NullMarked
package io.autorecharge.event;

import org.jspecify.annotations.NullMarked;
