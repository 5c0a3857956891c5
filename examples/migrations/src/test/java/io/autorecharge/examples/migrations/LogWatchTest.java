package io.autorecharge.examples.migrations;

import io.autorecharge.testkit.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
