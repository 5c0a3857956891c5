package io.autorecharge.spring;

import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.spring.web.HttpProblem;

/** The packages on sale, as requests name them. */
public final class OfferedPackages {
    private OfferedPackages() {}

    public static int required(RechargePolicy policy, int credits) {
        try {
            return policy.packages().require(credits).credits();
        } catch (IllegalArgumentException e) {
            throw HttpProblem.of("credits", String.valueOf(e.getMessage()));
        }
    }
}
