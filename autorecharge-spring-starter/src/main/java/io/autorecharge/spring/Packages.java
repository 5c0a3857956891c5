package io.autorecharge.spring;

import io.autorecharge.policy.RechargePolicy;

/** The packages on sale, as requests name them. */
final class Packages {
    private Packages() {}

    static int required(RechargePolicy policy, int credits) {
        try {
            return policy.packages().require(credits).credits();
        } catch (IllegalArgumentException e) {
            throw Refusal.of("credits", String.valueOf(e.getMessage()));
        }
    }
}
