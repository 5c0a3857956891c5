package io.autorecharge.examples.plain;

import io.autorecharge.logwatch.LogWatchContract;

class LogWatchTest extends LogWatchContract {
    /** The example brings a logger that shows only what it prints. */
    @Override
    protected boolean seesEveryLevel() {
        return false;
    }
}
