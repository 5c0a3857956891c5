/**
 * Auto-recharge in a Spring Boot application. Auto-configuration and the properties {@code autorecharge.*} belong here: what turns
 * configuration into core's types, joins Spring's transactions and ends with the application. HTTP belongs in {@code web}, monitoring in
 * {@code actuate}; decisions about money belong to core. A host replaces any part with a bean of its own.
 */
@NullMarked
package io.autorecharge.spring;

import org.jspecify.annotations.NullMarked;
