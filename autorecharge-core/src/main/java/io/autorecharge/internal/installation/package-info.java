/**
 * Which installation this is, what belongs to it, and whether its database is the one that may charge. Not here: how the id is sent
 * ({@code gateway} and its adapters) and where it is stored ({@code store}).
 */
@NullMarked
package io.autorecharge.internal.installation;

import org.jspecify.annotations.NullMarked;
