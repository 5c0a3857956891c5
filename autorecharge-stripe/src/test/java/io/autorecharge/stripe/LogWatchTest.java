package io.autorecharge.stripe;

import io.autorecharge.logwatch.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
