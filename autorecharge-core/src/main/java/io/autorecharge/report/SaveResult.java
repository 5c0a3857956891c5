package io.autorecharge.report;

import io.autorecharge.account.Settings;
import io.autorecharge.policy.Decision;

/** The result of saving settings. */
public sealed interface SaveResult {
    /**
     * The settings are stored.
     *
     * @param settings as stored
     * @param next what is charged now, or why nothing is; decided in the transaction that stored the settings
     */
    record Saved(Settings settings, Decision next) implements SaveResult {}

    /**
     * Saving would charge another amount than the user confirmed. Nothing was stored, and nothing is charged.
     *
     * @param now what saving charges now, to be shown and confirmed again
     */
    record AmountChanged(SettingsPreview now) implements SaveResult {}
}
