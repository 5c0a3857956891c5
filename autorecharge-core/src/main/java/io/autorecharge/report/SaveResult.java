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
     * @param preview what saving would have charged with a confirmation, and without
     */
    record Saved(Settings settings, Decision next, SettingsPreview preview) implements SaveResult {
        /** Whether more would be charged if the user confirmed the amounts. */
        public boolean asksForConfirmation() {
            Decision confirmed = preview.confirmed();
            return confirmed instanceof Decision.Recharge && !confirmed.equals(next);
        }
    }

    /**
     * Saving would charge another amount than the user confirmed. Nothing was stored, and nothing is charged.
     *
     * @param now what saving charges now, to be shown and confirmed again
     */
    record AmountChanged(SettingsPreview now) implements SaveResult {}
}
