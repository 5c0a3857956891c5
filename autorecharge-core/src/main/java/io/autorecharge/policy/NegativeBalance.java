package io.autorecharge.policy;

/** What happens to the part of a refund or dispute that would make a balance negative. */
public enum NegativeBalance {
    /** It is posted, and the balance becomes negative. If the database refuses that, all of the removal is owed and tried again. */
    POST,
    /** Credits are removed down to zero. The rest stays owed and is removed when the balance is positive again. */
    OWE,
    /** Credits are removed down to zero. The rest is written off. */
    WRITE_OFF
}
