package io.autorecharge.testkit;

class LogWatchTest extends LogWatchContract {}
