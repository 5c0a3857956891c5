package io.autorecharge.gateway;

/** The result of a search for an attempt in the provider's list. */
public sealed interface LookUp {
    /** The provider has a charge for this attempt. */
    record Found(Outcome outcome) implements LookUp {}

    /** The whole list was read and contains none. Within minutes of a send this is no proof yet. */
    record Absent() implements LookUp {}

    /**
     * The list could not be read; nothing is known.
     *
     * @param configuration whether the provider refused the host's key, mode or permission: a reason to stop the run
     * @param detail for operators
     */
    record Failed(boolean configuration, String detail) implements LookUp {}
}
