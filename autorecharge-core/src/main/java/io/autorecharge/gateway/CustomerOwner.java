package io.autorecharge.gateway;

/** Whose customer of the provider one is. A gateway knows installations only, so it never returns {@link #OTHER_ACCOUNT}. */
public enum CustomerOwner {
    /** It carries the id of the installation that asked, now or already before. */
    OURS,
    /** It carries the id of another installation. */
    OTHERS,
    /** Another account of this installation has it. */
    OTHER_ACCOUNT,
    /** It is deleted, or unknown to the configured key: whose it was is not known. */
    GONE,
    /** The provider refused the configured key, mode or permission. */
    REFUSED,
    /** The provider did not answer clearly; ask again later. */
    NOT_ANSWERED
}
