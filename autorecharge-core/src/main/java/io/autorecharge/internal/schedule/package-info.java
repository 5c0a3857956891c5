/** Decides when and on which thread accounts are checked. The only package of core that creates threads. */
@NullMarked
package io.autorecharge.internal.schedule;

import org.jspecify.annotations.NullMarked;
