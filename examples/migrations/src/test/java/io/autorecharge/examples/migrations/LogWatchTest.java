package io.autorecharge.examples.migrations;

import io.autorecharge.logwatch.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
