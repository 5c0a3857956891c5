package io.autorecharge.internal.installation;

/** What became of a report. */
public enum Settled {
    /** It was applied, or had been before. */
    APPLIED,
    /** It carries this installation's id, but the account does not know it, or it belongs to another customer. Nothing was changed. */
    UNKNOWN,
    /** It carries no id, and no row here names it: it was created by another application, or is missing in a restored database. */
    UNCLAIMED,
    /** It belongs to another installation. */
    OTHERS
}
