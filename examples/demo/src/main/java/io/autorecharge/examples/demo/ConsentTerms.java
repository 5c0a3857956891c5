package io.autorecharge.examples.demo;

import io.autorecharge.credit.Credits;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.RechargePolicy;
import java.time.Duration;
import java.util.List;

/**
 * What a user agrees to. The card networks' rules for unscheduled charges require the text to state that it is an agreement, that charges
 * are not scheduled, what triggers them, how the amount is determined, and how to cancel.
 *
 * @param version changes with the text; it is stored with the user's agreement
 * @param lead the sentence beside the box
 * @param points the rest of the terms
 * @param bonusHint what every automatic recharge adds
 */
record ConsentTerms(String version, String lead, List<Point> points, String bonusHint) {
    /** One of the terms. */
    record Point(String what, String text) {}

    static ConsentTerms of(String version, RechargePolicy policy) {
        Limits limits = policy.limits();
        String bonus = bonus(policy);
        return new ConsentTerms(
                version,
                "I agree that Autorecharge Demo saves the card I pay with and charges it without asking me each time.",
                List.of(
                        new Point("When:", when(policy)),
                        new Point(
                                "How much:",
                                "the price of the package I chose. If one does not lift the balance above the threshold, as many of"
                                        + " it as do, in one charge, and never more than the most that I was shown."),
                        new Point("Bonus:", bonus),
                        new Point(
                                "Limits:",
                                "at most " + limits.purchases() + " automatic recharges in " + span(limits.window())
                                        + ", at least " + span(limits.cooldown()) + " apart."),
                        new Point(
                                "To cancel:",
                                "I switch Auto-Recharge off on this page and save, at any time. Credits I bought stay mine.")),
                bonus);
    }

    /** A smart threshold also charges above the threshold that the user chose. */
    private static String when(RechargePolicy policy) {
        String fixed = "at no fixed time, whenever my balance is below the threshold above";
        return policy.smartThreshold().isEmpty()
                ? fixed + "."
                : fixed + ". While I use many credits, already below a higher balance, which this page shows:"
                        + " at most one package above my threshold.";
    }

    private static String bonus(RechargePolicy policy) {
        List<Credits> each = policy.packages().all().stream()
                .map(policy::enablingBonus)
                .distinct()
                .toList();
        if (each.size() > 1) {
            return "Automatic recharges add bonus credits, by package.";
        }
        return each.get(0).isZero()
                ? "Automatic recharges add no bonus."
                : "Every automatic recharge adds " + each.get(0)
                        + " bonus credits, and so does the purchase that first enables it.";
    }

    private static String span(Duration duration) {
        if (duration.compareTo(Duration.ofMinutes(2)) < 0) {
            return duration.toSeconds() + " seconds";
        }
        if (duration.compareTo(Duration.ofHours(2)) < 0) {
            return duration.toMinutes() + " minutes";
        }
        return duration.toHours() + " hours";
    }
}
