package io.autorecharge.jdbc;

/**
 * The size of a long set of tests: a small part in a normal build, all of it with {@code -Dsoak=true}. Both contain every kind of case and differ
 * only in numbers.
 */
final class Soak {
    static final String PROPERTY = "soak";

    private Soak() {}

    static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** @param usual the number in a normal build */
    static int rounds(int usual, int soak) {
        return isOn() ? soak : usual;
    }
}
