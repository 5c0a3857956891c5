package io.autorecharge.spring;

/** Ends the process. A test ends nothing. */
@FunctionalInterface
interface ProcessExit {
    void exit(int code);
}
