package io.autorecharge.jdbc;

/**
 * One statement of a schema file.
 *
 * @param name what it makes, as the log says it
 */
record SchemaStep(String name, String statement) {}
