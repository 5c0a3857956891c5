package io.autorecharge.spring;

import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.GraceRule;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.RechargePolicyBuilder;
import io.autorecharge.policy.Sizing;
import io.autorecharge.policy.SmartThreshold;
import io.autorecharge.policy.TotalLimits;
import io.autorecharge.policy.VelocityAlarm;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the recharge policy from the properties. */
final class PolicyFactory {
    /** Four sizes. The prices are examples that a host will want to replace. */
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
                .thresholdMode(properties.thresholdMode())
                .smartThreshold(smartThreshold())
                .sizing(sizing())
                .backOff(backOff())
                .idleGuard(properties.idleGuard())
                .limits(limits())
                .velocityAlarm(velocityAlarm())
                .bonus(BonusFactory.bonus(properties.bonus()))
                .minAmount(money("min-amount", properties.minAmount()))
                .maxAmount(money("max-amount", properties.maxAmount()));
        return PropertyErrors.properties(
                this::propertyOf,
                () -> builder.threshold(Credits.of("threshold", properties.threshold()))
                        .cardAttempts(properties.limits().cardAttempts())
                        .maxAttempts(properties.maxAttempts())
                        .noticeBefore(properties.noticeBefore().isZero() ? null : properties.noticeBefore())
                        .grace(grace())
                        .build());
    }

    private String propertyOf(String field) {
        return switch (field) {
            case "monthlySpend" -> "limits.monthly-spend";
            case "dailySpend" -> "limits.daily-spend";
            case "cardAttempts" -> "limits.card-attempts";
            case "graceDays" -> "grace.days";
            case "graceCredits" -> "grace.credits";
            case "bonus" -> BonusFactory.property(properties.bonus());
            default -> PropertyErrors.dashed(field);
        };
    }

    private PackageCatalog packages() {
        List<AutoRechargeProperties.Offer> offers = properties.packages();
        if (offers == null || offers.isEmpty()) {
            if (!properties.currency().equalsIgnoreCase("USD")) {
                throw PropertyErrors.invalid(
                        "currency",
                        properties.currency(),
                        "does not match the default packages, which are priced in USD; set autorecharge.packages");
            }
            return DEFAULT_PACKAGES;
        }
        List<CreditPackage> packages = new ArrayList<>();
        for (int i = 0; i < offers.size(); i++) {
            packages.add(offer("packages[" + i + "]", offers.get(i)));
        }
        return PropertyErrors.property("packages", () -> PackageCatalog.of(packages));
    }

    private CreditPackage offer(String name, AutoRechargeProperties.Offer offer) {
        Money price = money(name + ".price", offer.price());
        if (price == null) {
            throw PropertyErrors.invalid(name + ".price", null, "is missing");
        }
        return PropertyErrors.group(name, () -> new CreditPackage(offer.credits(), price));
    }

    private Sizing sizing() {
        BigDecimal target = properties.target();
        boolean wanted = properties.sizing() == AutoRechargeProperties.Sizing.TARGET;
        if (target == null) {
            if (wanted) {
                throw PropertyErrors.invalid("target", null, "is missing: autorecharge.sizing is target");
            }
            return Sizing.fixed();
        }
        if (!wanted) {
            throw PropertyErrors.invalid("target", target, "has no effect: autorecharge.sizing is fixed");
        }
        return PropertyErrors.property("target", () -> Sizing.target(Credits.of("target", target)));
    }

    private SmartThreshold smartThreshold() {
        AutoRechargeProperties.SmartThreshold given = properties.smartThreshold();
        return PropertyErrors.group(
                "smart-threshold", () -> new SmartThreshold(given.leadTime(), given.recentFactor()));
    }

    private @Nullable GraceRule grace() {
        Integer days = properties.grace().days();
        BigDecimal credits = properties.grace().credits();
        if (days == null && credits == null) {
            return null;
        }
        if (days == null || credits == null) {
            throw PropertyErrors.invalid(days == null ? "grace.days" : "grace.credits", null, "is missing");
        }
        return new GraceRule(days, Credits.of("graceCredits", credits));
    }

    private BackOff backOff() {
        List<Duration> waits = properties.backOff().waits();
        return PropertyErrors.property("back-off.waits", () -> new BackOff(waits, waits.size() + 1));
    }

    private @Nullable VelocityAlarm velocityAlarm() {
        AutoRechargeProperties.VelocityAlarm given = properties.velocityAlarm();
        VelocityAlarm alarm =
                PropertyErrors.group("velocity-alarm", () -> new VelocityAlarm(given.recharges(), given.within()));
        return given.enabled() ? alarm : null;
    }

    private Limits limits() {
        AutoRechargeProperties.Limits given = properties.limits();
        Money spend = money("limits.monthly-spend", given.monthlySpend());
        Money ofDay = money("limits.daily-spend", given.dailySpend());
        return PropertyErrors.group(
                "limits",
                () -> new Limits(given.cooldown(), given.purchases(), given.window(), spend, ofDay, given.zone()));
    }

    TotalLimits totalLimits() {
        AutoRechargeProperties.TotalLimits given = properties.totalLimits();
        Money perHour = money("total-limits.per-hour", given.perHour());
        Money perDay = money("total-limits.per-day", given.perDay());
        return PropertyErrors.group(
                "total-limits",
                () -> new TotalLimits(perHour, perDay, properties.limits().zone()));
    }

    private @Nullable Money money(String name, @Nullable BigDecimal amount) {
        return amount == null
                ? null
                : PropertyErrors.properties(
                        field -> field.equals("currency") ? "currency" : name,
                        () -> Money.of(amount, properties.currency()));
    }
}
