package io.autorecharge.policy;

/** Which balance calls for a recharge. */
public enum ThresholdMode {
    /** Below the threshold that the user chose. */
    FIXED,
    /** Earlier for an account that uses its credits fast, and never later; see {@link SmartThreshold}. */
    SMART
}
