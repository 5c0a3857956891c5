/** Where the library's threads come from, and how often they may complain. */
@NullMarked
package io.autorecharge.internal.thread;

import org.jspecify.annotations.NullMarked;
