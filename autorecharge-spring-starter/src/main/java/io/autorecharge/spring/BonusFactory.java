package io.autorecharge.spring;

import io.autorecharge.credit.Credits;
import io.autorecharge.policy.Bonus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the bonus from the properties. */
final class BonusFactory {
    private BonusFactory() {}

    static Bonus bonus(AutoRechargeProperties.Bonus given) {
        List<AutoRechargeProperties.Tier> tiers = given.tiers();
        if (tiers == null || tiers.isEmpty()) {
            Bonus plain = plain("bonus", given.credits(), given.percent());
            return plain == null ? Bonus.DEFAULT : plain;
        }
        if (given.credits() != null || given.percent() != null) {
            throw PropertyErrors.invalid(
                    "bonus.tiers", tiers, "cannot be combined with bonus.credits or bonus.percent");
        }
        return tiered(tiers);
    }

    /** The property that decides the bonus. */
    static String property(AutoRechargeProperties.Bonus given) {
        if (given.credits() != null) {
            return "bonus.credits";
        }
        return given.percent() != null ? "bonus.percent" : "bonus.tiers";
    }

    private static Bonus tiered(List<AutoRechargeProperties.Tier> tiers) {
        Map<Integer, Bonus> bySize = new LinkedHashMap<>();
        for (int i = 0; i < tiers.size(); i++) {
            AutoRechargeProperties.Tier tier = tiers.get(i);
            String name = "bonus.tiers[" + i + "]";
            Bonus plain = plain(name, tier.credits(), tier.percent());
            if (plain == null) {
                throw PropertyErrors.invalid(name + ".credits", null, "is missing, and so is percent");
            }
            if (bySize.put(tier.size(), plain) != null) {
                throw PropertyErrors.invalid(name + ".size", tier.size(), "is also the size of another tier");
            }
        }
        return PropertyErrors.property("bonus.tiers", () -> Bonus.byPackage(bySize));
    }

    private static @Nullable Bonus plain(String name, @Nullable BigDecimal credits, @Nullable BigDecimal percent) {
        if (credits != null && percent != null) {
            throw PropertyErrors.invalid(name + ".percent", percent, "cannot be combined with credits");
        }
        if (percent != null) {
            return PropertyErrors.property(name + ".percent", () -> Bonus.percent(percent.toString()));
        }
        return credits == null
                ? null
                : PropertyErrors.property(name + ".credits", () -> Bonus.fixed(Credits.of("credits", credits)));
    }
}
