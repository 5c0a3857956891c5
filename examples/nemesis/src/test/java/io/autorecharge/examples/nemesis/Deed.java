package io.autorecharge.examples.nemesis;

/** What the nemesis does to the nodes, the database, the network and the provider. */
enum Deed {
    KILL(6, "nodes killed (SIGKILL)"),
    PAUSE(2, "nodes paused past their lease and resumed"),
    RESTART_FAST(1, "PostgreSQL restarts, orderly"),
    RESTART_IMMEDIATE(2, "PostgreSQL restarts, `-m immediate`"),
    CUT(2, "times PostgreSQL terminated the connections"),
    DROP_DATABASE_TRAFFIC(2, "times a node's network to PostgreSQL dropped everything"),
    DROP_PROVIDER_TRAFFIC(2, "times a node's network to the provider dropped everything"),
    BREAK_DATABASE(2, "times a node's connections to PostgreSQL were reset"),
    BREAK_PROVIDER(3, "times a node's connections to the provider were reset"),
    FAULT(6, "provider faults"),
    HOLD_ROW(3, "times another transaction held an account's row"),
    HANG_LISTENER(2, "times a node's listener did not return");

    final int weight;
    final String meaning;

    Deed(int weight, String meaning) {
        this.weight = weight;
        this.meaning = meaning;
    }
}
