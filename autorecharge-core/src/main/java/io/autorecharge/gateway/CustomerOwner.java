package io.autorecharge.gateway;

/** Which installation a customer of the provider belongs to. */
public enum CustomerOwner {
    /** It carries the id of the installation that asked, now or already before. */
    OURS,
    /** It carries the id of another installation. */
    OTHERS,
    /** It is deleted, or unknown to the configured key: whose it was is not known. */
    GONE,
    /** The provider refused the configured key, mode or permission. */
    REFUSED,
    /** The provider did not answer clearly; ask again later. */
    NOT_ANSWERED
}
