/** What monitoring sees: metrics and health, for every supported line of Spring Boot. */
@NullMarked
package io.autorecharge.spring.actuate;

import org.jspecify.annotations.NullMarked;
