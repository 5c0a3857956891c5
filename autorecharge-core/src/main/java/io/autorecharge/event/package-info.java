/**
 * What the library reports to the host: events, which are stored and delivered at least once, and observations for metrics, which are not. Not
 * here: the delivery itself ({@code internal.event}) and the answers of the facade ({@code report}).
 */
@NullMarked
package io.autorecharge.event;

import org.jspecify.annotations.NullMarked;
