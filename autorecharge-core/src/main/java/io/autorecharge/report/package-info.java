/** The answers of the facade: status, result of a check, run and reconciliation reports. Values only; nothing here is stored. */
@NullMarked
package io.autorecharge.report;

import org.jspecify.annotations.NullMarked;
