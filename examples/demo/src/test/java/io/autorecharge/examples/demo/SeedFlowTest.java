package io.autorecharge.examples.demo;

import java.util.Map;

/** On H2 in memory, as the demo starts when nothing else is set. */
class SeedFlowTest extends SeedFlowContract {
    @Override
    Map<String, String> database() {
        return Map.of();
    }
}
