/** A Spring Boot application whose users hold prepaid credits: what a host of the library looks like, and a place to try it. */
@NullMarked
package io.autorecharge.examples.demo;

import org.jspecify.annotations.NullMarked;
