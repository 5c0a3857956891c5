package io.autorecharge.spring;

import io.autorecharge.AutoRechargeBuilder;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.policy.PeopleLimits;
import io.autorecharge.policy.Retention;
import io.autorecharge.policy.Timing;
import java.time.Duration;

/** Applies the properties that decide how fast accounts are processed. */
final class BuilderSettings {
    /** The number of requests that one charge needs in the worst case; see the Stripe adapter. */
    private static final int REQUESTS_PER_CHARGE = 5;

    private BuilderSettings() {}

    static AutoRechargeBuilder apply(AutoRechargeProperties properties, AutoRechargeBuilder builder) {
        String installation = properties.installation().id();
        if (installation != null) {
            builder.installation(
                    PropertyErrors.properties(field -> "installation.id", () -> new InstallationId(installation)));
        }
        return PropertyErrors.properties(
                        PropertyErrors::dashed,
                        () -> builder.concurrency(properties.concurrency())
                                .callsPerSecond(properties.callsPerSecond())
                                .balanceCheck(properties.balanceCheck())
                                .reversalCheck(properties.reversalCheck())
                                .negativeBalance(properties.negativeBalance())
                                .clockTolerance(properties.clockTolerance())
                                .listenerTimeout(properties.listenerTimeout())
                                .databaseServerMoves(properties.installation().serverMoves())
                                .detachRemovedMethods(properties.detachRemovedMethods()))
                .timing(timing(properties))
                .retention(retention(properties.retention()))
                .peopleLimits(people(properties.people()))
                .totalLimits(new PolicyFactory(properties).totalLimits());
    }

    static Retention retention(AutoRechargeProperties.Retention given) {
        return PropertyErrors.group(
                "retention",
                () -> new Retention(given.events(), given.webhooks(), given.failedRecharges(), given.cardAttempts()));
    }

    private static PeopleLimits people(AutoRechargeProperties.People given) {
        return PropertyErrors.group(
                "people",
                () -> new PeopleLimits(
                        given.openCheckouts(), given.checkoutsPerHour(), given.callsPerMinute(), given.maxWait()));
    }

    static Timing timing(AutoRechargeProperties properties) {
        AutoRechargeProperties.Timing given = properties.timing();
        Timing timing = PropertyErrors.group(
                "timing",
                () -> new Timing(
                        given.lease(), given.resendWithin(), given.concludeAfter(), given.poll(), given.sweep()));
        Duration longestCharge = properties.stripe().readTimeout().multipliedBy(REQUESTS_PER_CHARGE);
        if (given.lease().compareTo(longestCharge) <= 0) {
            throw PropertyErrors.invalid(
                    "timing.lease",
                    given.lease(),
                    "must be longer than five times autorecharge.stripe.read-timeout: " + longestCharge);
        }
        return timing;
    }
}
