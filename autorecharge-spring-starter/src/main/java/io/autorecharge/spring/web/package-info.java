/**
 * The HTTP endpoints under {@code /api/credits}. This package maps requests, answers and errors; decisions about money belong to core.
 *
 * <p>The controllers read the servlet request and write its answer themselves, without Spring's message converters and {@code
 * ProblemDetail}. One jar serves Spring Boot 3.5 to 4.1, where the host's converters use Jackson 2 or Jackson 3, configured by the host.
 * Both coerce types ({@code "100"} and {@code 100.0} to {@code 100}), each in its own way, and report a malformed body in their own words.
 * A request about money must mean the same everywhere: {@link io.autorecharge.spring.web.JsonBody} parses the raw bytes strictly, and the
 * answers are the same byte for byte.
 *
 * <p>The mappings are Spring MVC's, one per operation, and there is no mapping that only refuses something. Tools such as springdoc
 * therefore list the nine real operations, without the schemas of their bodies; docs/rest-api.md documents those.
 *
 * <p>Only the type that a host implements is public.
 */
@NullMarked
package io.autorecharge.spring.web;

import org.jspecify.annotations.NullMarked;
