package io.autorecharge.gateway;

/** What the provider's own list says of an attempt. */
public sealed interface LookUp {
    /** The provider has a charge of this attempt. */
    record Found(Outcome outcome) implements LookUp {}

    /** The whole list was read and holds none. Within minutes of a send this is no proof yet. */
    record Absent() implements LookUp {}

    /**
     * The list could not be read; nothing was learned.
     *
     * @param configuration whether the provider refused us (key, mode, permission): a reason to stop the run
     * @param detail for operators
     */
    record Failed(boolean configuration, String detail) implements LookUp {}
}
