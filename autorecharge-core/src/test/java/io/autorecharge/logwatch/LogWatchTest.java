package io.autorecharge.logwatch;

class LogWatchTest extends LogWatchContract {}
