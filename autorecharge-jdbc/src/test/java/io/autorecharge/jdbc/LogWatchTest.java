package io.autorecharge.jdbc;

import io.autorecharge.testkit.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
