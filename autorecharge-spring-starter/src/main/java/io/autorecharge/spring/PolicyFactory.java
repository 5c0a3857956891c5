package io.autorecharge.spring;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.RechargePolicyBuilder;
import io.autorecharge.policy.Sizing;
import io.autorecharge.policy.VelocityAlarm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the policy of the properties. Every value is taken by itself, so that a refusal names its property. */
final class PolicyFactory {
    /** The seed's four sizes. The prices are examples that a host will want to replace. */
    private static final PackageCatalog DEFAULT_PACKAGES = PackageCatalog.of(
            new CreditPackage(50, Money.of("5.00", "USD")),
            new CreditPackage(100, Money.of("9.00", "USD")),
            new CreditPackage(250, Money.of("20.00", "USD")),
            new CreditPackage(500, Money.of("35.00", "USD")));

    private final AutoRechargeProperties properties;

    PolicyFactory(AutoRechargeProperties properties) {
        this.properties = properties;
    }

    RechargePolicy policy() {
        RechargePolicyBuilder builder = RechargePolicy.builder(packages())
                .thresholdInclusive(properties.thresholdInclusive())
                .sizing(sizing())
                .backOff(backOff())
                .limits(limits())
                .velocityAlarm(velocityAlarm())
                .bonus(BonusFactory.bonus(properties.bonus()))
                .minAmount(money("min-amount", properties.minAmount()))
                .maxAmount(money("max-amount", properties.maxAmount()));
        Property threshold = Property.of("threshold", properties.threshold());
        Credits low = threshold.apply(() -> Credits.of("threshold", properties.threshold()));
        try {
            return builder.threshold(low).build();
        } catch (IllegalArgumentException e) {
            throw blamed(String.valueOf(e.getMessage()));
        }
    }

    /** The core's refusals begin with the name of what does not fit the rest. */
    private RuntimeException blamed(String message) {
        Property property = switch (message.split(" ", 2)[0]) {
            case "threshold" -> Property.of("threshold", properties.threshold());
            case "greatest" -> Property.of("max-amount", properties.maxAmount());
            case "least" -> Property.of("min-amount", properties.minAmount());
            case "monthly" ->
                Property.of("limits.monthly-spend", properties.limits().monthlySpend());
            case "credits" -> Property.of("bonus.tiers", properties.bonus().tiers());
            default -> new Property("autorecharge", null);
        };
        return property.refuse(message);
    }

    private PackageCatalog packages() {
        List<AutoRechargeProperties.Offer> offers = properties.packages();
        if (offers == null || offers.isEmpty()) {
            if (!properties.currency().equalsIgnoreCase("USD")) {
                throw Property.of("currency", properties.currency())
                        .refuse("the packages on sale by default have prices in USD; set autorecharge.packages");
            }
            return DEFAULT_PACKAGES;
        }
        List<CreditPackage> packages = new ArrayList<>();
        for (int i = 0; i < offers.size(); i++) {
            packages.add(offer("packages[" + i + "]", offers.get(i)));
        }
        return Property.of("packages", offers).apply(() -> PackageCatalog.of(packages));
    }

    private CreditPackage offer(String name, AutoRechargeProperties.Offer offer) {
        Money price = money(name + ".price", offer.price());
        if (price == null) {
            throw Property.of(name + ".price", null).refuse("price is missing");
        }
        if (!price.isPositive()) {
            throw Property.of(name + ".price", offer.price()).refuse("price must be more than zero");
        }
        return Property.of(name + ".credits", offer.credits()).apply(() -> new CreditPackage(offer.credits(), price));
    }

    private Sizing sizing() {
        BigDecimal target = properties.target();
        boolean wanted = properties.sizing() == AutoRechargeProperties.Sizing.TARGET;
        if (target == null) {
            if (wanted) {
                throw Property.of("target", null).refuse("target is missing: autorecharge.sizing is target");
            }
            return Sizing.fixed();
        }
        Property property = Property.of("target", target);
        if (!wanted) {
            throw property.refuse("target has no effect: autorecharge.sizing is fixed");
        }
        return property.apply(() -> Sizing.target(Credits.of("target", target)));
    }

    private BackOff backOff() {
        List<Duration> waits = properties.backOff().waits();
        return Property.of("back-off.waits", waits).apply(() -> new BackOff(waits, waits.size() + 1));
    }

    private @Nullable VelocityAlarm velocityAlarm() {
        AutoRechargeProperties.VelocityAlarm given = properties.velocityAlarm();
        VelocityAlarm counted = Property.of("velocity-alarm.recharges", given.recharges())
                .apply(() -> new VelocityAlarm(given.recharges(), VelocityAlarm.DEFAULT_WITHIN));
        VelocityAlarm alarm = Property.of("velocity-alarm.within", given.within())
                .apply(() -> new VelocityAlarm(counted.recharges(), given.within()));
        return given.enabled() ? alarm : null;
    }

    private Limits limits() {
        AutoRechargeProperties.Limits given = properties.limits();
        Money spend = money("limits.monthly-spend", given.monthlySpend());
        Limits cooled = Property.of("limits.cooldown", given.cooldown())
                .apply(() -> Limits.ofDefaults().withCooldown(given.cooldown()));
        Limits counted = Property.of("limits.purchases", given.purchases())
                .apply(() -> cooled.withPurchases(given.purchases(), cooled.window()));
        Limits windowed = Property.of("limits.window", given.window())
                .apply(() -> counted.withPurchases(given.purchases(), given.window()));
        return Property.of("limits.monthly-spend", given.monthlySpend())
                .apply(() -> windowed.withMonthlySpend(spend).withZone(given.zone()));
    }

    private @Nullable Money money(String name, @Nullable BigDecimal amount) {
        if (amount == null) {
            return null;
        }
        // A currency that does not exist is not the amount's fault.
        Property.of("currency", properties.currency()).apply(() -> Money.ofMinor(1, properties.currency()));
        return Property.of(name, amount).apply(() -> Money.of(amount, properties.currency()));
    }
}
