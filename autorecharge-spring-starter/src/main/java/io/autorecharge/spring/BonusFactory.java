package io.autorecharge.spring;

import io.autorecharge.credit.Credits;
import io.autorecharge.policy.Bonus;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes the bonus of the properties. */
final class BonusFactory {
    private BonusFactory() {}

    static Bonus bonus(AutoRechargeProperties.Bonus given) {
        List<AutoRechargeProperties.Tier> tiers = given.tiers();
        if (tiers == null || tiers.isEmpty()) {
            Bonus plain = plain("bonus", given.credits(), given.percent());
            return plain == null ? Bonus.DEFAULT : plain;
        }
        if (given.credits() != null || given.percent() != null) {
            throw Property.of("bonus.tiers", tiers).refuse("tiers stand instead of bonus.credits and bonus.percent");
        }
        return tiered(tiers);
    }

    private static Bonus tiered(List<AutoRechargeProperties.Tier> tiers) {
        Map<Integer, Bonus> bySize = new LinkedHashMap<>();
        for (int i = 0; i < tiers.size(); i++) {
            AutoRechargeProperties.Tier tier = tiers.get(i);
            String name = "bonus.tiers[" + i + "]";
            Bonus plain = plain(name, tier.credits(), tier.percent());
            if (plain == null) {
                throw Property.of(name + ".credits", null).refuse("credits or percent is missing");
            }
            if (bySize.put(tier.size(), plain) != null) {
                throw Property.of(name + ".size", tier.size()).refuse("the size stands twice");
            }
        }
        return Property.of("bonus.tiers", tiers).apply(() -> Bonus.byPackage(bySize));
    }

    private static @Nullable Bonus plain(String name, @Nullable BigDecimal credits, @Nullable BigDecimal percent) {
        if (credits != null && percent != null) {
            throw Property.of(name + ".percent", percent).refuse("percent stands instead of credits, not beside them");
        }
        if (percent != null) {
            return Property.of(name + ".percent", percent).apply(() -> Bonus.percent(percent.toString()));
        }
        return credits == null
                ? null
                : Property.of(name + ".credits", credits)
                        .apply(() -> Bonus.fixed(Credits.of("bonus credits", credits)));
    }
}
