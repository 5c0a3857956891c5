/**
 * The answers of the facade: an account's status, the result of a check, the reports of a run and of a reconciliation. Values only; nothing
 * here is stored. Not here: what listeners receive ({@code event}) and what the provider reports ({@code gateway}).
 */
@NullMarked
package io.autorecharge.report;

import org.jspecify.annotations.NullMarked;
