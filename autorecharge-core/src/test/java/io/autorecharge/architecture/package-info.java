/** The rules that hold in every module, and the proof that each of them can fail. */
@NullMarked
package io.autorecharge.architecture;

import org.jspecify.annotations.NullMarked;
