/** A Spring Boot application whose users hold prepaid credits. It shows how a host uses the library, and lets you try it. */
@NullMarked
package io.autorecharge.examples.demo;

import org.jspecify.annotations.NullMarked;
