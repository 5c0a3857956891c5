package io.autorecharge.spring;

import io.autorecharge.logwatch.LogWatchContract;
import org.junit.jupiter.api.BeforeAll;

class LogWatchTest extends LogWatchContract {
    /** Every start of a Spring Boot application sets the logging up anew; the watch must outlive it. */
    @BeforeAll
    static void applicationStarts() {
        RunningApp.start(HostApp.class).close();
    }
}
