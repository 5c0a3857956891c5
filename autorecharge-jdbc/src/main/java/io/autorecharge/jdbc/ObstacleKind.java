package io.autorecharge.jdbc;

/** What stands in the way of the library's writes, and what it can do. The names are those in the queries of {@link ObstacleQueries}. */
enum ObstacleKind {
    CHECK("the check constraint", "a row that breaks it is refused"),
    EXCLUSION("the exclusion constraint", "a row that conflicts with another one is refused"),
    FOREIGN_KEY("the foreign key", "a row that refers to nothing is refused"),
    REFERENCED("the foreign key", "old rows that something refers to cannot be purged"),
    DEFERRABLE("the deferrable key", "a repeated row is found only at the end of the transaction, which then fails"),
    UNIQUE_INDEX("the unique index", "a second row with the same value is refused"),
    TRIGGER("the trigger", "it can refuse or change what is written, and keep rows locked"),
    RULE("the rule", "it replaces what is written"),
    POLICY(
            "row-level security with the policy",
            "rows that it hides are not found, and rows that it does not allow are refused"),
    NO_POLICY("row-level security without a policy for", "the database user can do none of it"),
    DOMAIN("the domain", "a value that it does not allow is refused"),
    COMPUTED("the computed column", "a value that cannot be computed, or not written, is refused"),
    NARROW("the column", "a purchase that would exceed it is refused"),
    RIGHT("no right to", "the database refuses that"),
    SEQUENCE("no right to use the sequence", "no row can be inserted"),
    PARTITIONS("partitions without a default partition, by", "a row that belongs to no partition is refused"),
    REPLICATION("no replica identity for the publication", "the database refuses updates"),
    UNLOGGED("no write-ahead log:", "all rows are lost when the server crashes");

    private final String shown;
    private final String consequence;

    ObstacleKind(String shown, String consequence) {
        this.shown = shown;
        this.consequence = consequence;
    }

    /** Such as "the trigger". */
    String shown() {
        return shown;
    }

    /** What can happen, as a sentence without its end. */
    String consequence() {
        return consequence;
    }
}
