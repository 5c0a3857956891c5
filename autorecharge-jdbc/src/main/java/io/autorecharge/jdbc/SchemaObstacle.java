package io.autorecharge.jdbc;

/**
 * Something in the catalogue that can keep the library from writing.
 *
 * @param table as the database stores its name
 * @param name of the constraint, trigger, policy, right or column
 * @param detail its definition; may be empty
 * @param certain whether nothing can be written as long as it is there
 */
record SchemaObstacle(String table, ObstacleKind kind, String name, String detail, boolean certain) {
    /** Such as "table users: the trigger skipping (before update): it can refuse what is written". */
    @Override
    public String toString() {
        return "table " + table + ": " + kind.shown() + " " + name + (detail.isEmpty() ? "" : " (" + detail + ")")
                + ": " + kind.consequence();
    }
}
