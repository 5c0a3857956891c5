/**
 * Metrics and health for Spring Boot Actuator, in every supported version. What an operator sees of the library belongs here; nothing here
 * changes an account. No type is public: a host reads meters and health details by name.
 */
@NullMarked
package io.autorecharge.spring.actuate;

import org.jspecify.annotations.NullMarked;
