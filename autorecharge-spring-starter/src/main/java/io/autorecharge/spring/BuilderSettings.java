package io.autorecharge.spring;

import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.policy.Timing;
import java.time.Duration;

/** Applies the properties that the protocol's speed depends on. */
final class BuilderSettings {
    /** What one charge may need in the worst case, in requests; see the Stripe adapter. */
    private static final int REQUESTS_OF_A_CHARGE = 5;

    private BuilderSettings() {}

    static AutoRechargeBuilder apply(AutoRechargeProperties properties, AutoRechargeBuilder builder) {
        Property.of("concurrency", properties.concurrency()).apply(() -> builder.concurrency(properties.concurrency()));
        Property.of("calls-per-second", properties.callsPerSecond())
                .apply(() -> builder.callsPerSecond(properties.callsPerSecond()));
        Property.of("balance-check", properties.balanceCheck())
                .apply(() -> builder.balanceCheck(properties.balanceCheck()));
        Property.of("reversal-check", properties.reversalCheck())
                .apply(() -> builder.reversalCheck(properties.reversalCheck()));
        return builder.timing(timing(properties));
    }

    static Timing timing(AutoRechargeProperties properties) {
        AutoRechargeProperties.Timing given = properties.timing();
        Timing usual = Timing.ofDefaults();
        Property lease = Property.of("timing.lease", given.lease());
        lease.apply(() -> usual.withLease(given.lease()));
        Property.of("timing.poll", given.poll()).apply(() -> usual.withPoll(given.poll()));
        Property.of("timing.sweep", given.sweep()).apply(() -> usual.withSweep(given.sweep()));
        Property.of("timing.resend-within", given.resendWithin())
                .apply(() -> with(given, given.resendWithin(), usual.concludeAfter()));
        Timing timing = Property.of("timing.conclude-after", given.concludeAfter())
                .apply(() -> with(given, given.resendWithin(), given.concludeAfter()));
        Duration longestCharge = properties.stripe().readTimeout().multipliedBy(REQUESTS_OF_A_CHARGE);
        if (given.lease().compareTo(longestCharge) <= 0) {
            throw lease.refuse(
                    "lease must be longer than five times autorecharge.stripe.read-timeout: " + longestCharge);
        }
        return timing;
    }

    private static Timing with(AutoRechargeProperties.Timing given, Duration resendWithin, Duration concludeAfter) {
        return new Timing(given.lease(), resendWithin, concludeAfter, given.poll(), given.sweep());
    }
}
