package io.autorecharge.report;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the clock of this process compares with the provider's.
 *
 * @param ahead how far it is ahead of the provider's clock, negative when it is behind; null when the provider has not shown its time yet
 * @param charging false while it is so far off that this process sends no charge
 */
public record ClockReport(@Nullable Duration ahead, boolean charging) {}
