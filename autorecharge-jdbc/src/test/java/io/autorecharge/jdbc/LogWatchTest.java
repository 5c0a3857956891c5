package io.autorecharge.jdbc;

import io.autorecharge.logwatch.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
