package io.autorecharge.stripe;

import io.autorecharge.testkit.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
