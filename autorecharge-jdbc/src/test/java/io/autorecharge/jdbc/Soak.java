package io.autorecharge.jdbc;

/**
 * How much of a long set runs: a small part in a normal build, all of it with {@code -Dsoak=true}. What is left out of the normal build
 * varies in number only; every kind of case is in both.
 */
final class Soak {
    static final String PROPERTY = "soak";

    private Soak() {}

    static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** @param usual in a normal build */
    static int rounds(int usual, int soak) {
        return isOn() ? soak : usual;
    }
}
