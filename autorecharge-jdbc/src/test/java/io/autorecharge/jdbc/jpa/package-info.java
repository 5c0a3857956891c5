@org.jspecify.annotations.NullMarked
package io.autorecharge.jdbc.jpa;
