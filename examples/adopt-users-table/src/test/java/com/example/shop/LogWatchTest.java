package com.example.shop;

import io.autorecharge.testkit.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
