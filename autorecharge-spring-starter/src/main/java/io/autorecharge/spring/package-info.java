/**
 * Auto-recharge in a Spring Boot application: everything is a bean that the host may replace, configured by the properties
 * {@code autorecharge.*}.
 */
@NullMarked
package io.autorecharge.spring;

import org.jspecify.annotations.NullMarked;
