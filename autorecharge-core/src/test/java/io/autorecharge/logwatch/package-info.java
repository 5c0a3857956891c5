/** Fails a test of this project during which a secret reaches a log or a standard stream. Not part of the test kit for hosts. */
@NullMarked
package io.autorecharge.logwatch;

import org.jspecify.annotations.NullMarked;
