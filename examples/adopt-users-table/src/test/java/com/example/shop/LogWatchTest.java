package com.example.shop;

import io.autorecharge.logwatch.LogWatchContract;

class LogWatchTest extends LogWatchContract {}
