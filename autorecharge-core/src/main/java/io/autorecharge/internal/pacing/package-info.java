/** How fast the provider is called and how long to wait before the next check. No decision about money belongs here. */
@NullMarked
package io.autorecharge.internal.pacing;

import org.jspecify.annotations.NullMarked;
