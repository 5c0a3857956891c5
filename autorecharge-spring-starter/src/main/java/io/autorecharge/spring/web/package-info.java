/** The HTTP endpoints under {@code /api/credits}. Decisions about money belong to core; this package maps requests, answers and errors. */
@NullMarked
package io.autorecharge.spring.web;

import org.jspecify.annotations.NullMarked;
