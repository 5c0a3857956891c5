/** The payment provider's port: what is asked of it and the six outcomes it may give. */
@NullMarked
package io.autorecharge.gateway;

import org.jspecify.annotations.NullMarked;
