package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Money;
import io.autorecharge.examples.demo.ProfileView.Agreement;
import io.autorecharge.examples.demo.ProfileView.CardHint;
import io.autorecharge.examples.demo.ProfileView.EntryRow;
import io.autorecharge.examples.demo.ProfileView.Offer;
import io.autorecharge.examples.demo.ProfileView.StatusView;
import io.autorecharge.examples.demo.ProfileView.When;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Spending;
import io.autorecharge.report.Status;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.math.RoundingMode;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Reads an account through the library, and describes it for the page. */
@Component
final class ProfileViews {
    private static final int ENTRIES = 20;
    private static final int RECHARGES = 5;
    private static final int OFFERED_FIRST = 100;

    private static final List<CardHint> TEST_CARDS = List.of(
            new CardHint("4242 4242 4242 4242", "pays, and pays every automatic recharge"),
            new CardHint("4000 0000 0000 0341", "pays now and is saved; automatic recharges are declined"),
            new CardHint("4000 0027 6000 3184", "asks you to confirm; automatic recharges need you again"),
            new CardHint("4000 0000 0000 9995", "declined at checkout: nothing is bought or saved"));

    private final AutoRecharge autoRecharge;
    private final Statuses statuses;
    private final RechargeRows recharges;
    private final ConsentTerms terms;
    private final Clock clock;
    private final boolean simulated;

    ProfileViews(
            AutoRecharge autoRecharge,
            Statuses statuses,
            RechargeRows recharges,
            ConsentTerms terms,
            ObjectProvider<Clock> clock,
            ObjectProvider<StripeSimulator> simulator) {
        this.autoRecharge = autoRecharge;
        this.statuses = statuses;
        this.recharges = recharges;
        this.terms = terms;
        this.clock = clock.getIfUnique(Clock::systemUTC);
        this.simulated = simulator.getIfAvailable() != null;
    }

    ProfileView of(AccountId account) {
        Status status = autoRecharge.status(account);
        StatusView words = statuses.of(status);
        Integer credits = status.settings().credits();
        PaymentMethod method = status.method();
        PaymentMethods methods = autoRecharge.paymentMethods(account);
        return new ProfileView(
                account.value(),
                status.balance().toString(),
                words,
                SmartThresholdWords.of(status),
                status.settings().enabled(),
                status.settings().threshold().toString(),
                limit(status.spending().ownMonthlyLimit()),
                spent(status.spending().month()),
                credits == null ? firstOffer() : credits,
                method == null ? null : Words.card(method),
                CardRows.of(methods, clock.instant()),
                agreement(status.consent()),
                autoRecharge.policy().packages().all().stream()
                        .map(ProfileViews::offer)
                        .toList(),
                terms,
                most(status, credits == null ? firstOffer() : credits),
                autoRecharge.entries(account, ENTRIES).stream()
                        .map(ProfileViews::row)
                        .toList(),
                recharges.newest(account, RECHARGES, methods),
                "busy".equals(words.look()),
                simulated ? TEST_CARDS : List.of(),
                priceChange(status));
    }

    /** What the package costs now and what was agreed to, if a credit costs more; else null. */
    private @Nullable String priceChange(Status status) {
        Integer credits = status.settings().credits();
        return credits != null && status.missing().contains(HoldReason.PRICE_CHANGED)
                ? Words.priceChange(autoRecharge.policy().packages().require(credits), status.consent())
                : null;
    }

    /** A package that is no longer on sale has no price; the form then asks for another one. */
    private String most(Status status, int credits) {
        return autoRecharge
                .policy()
                .packages()
                .find(credits)
                .map(chosen -> credits + " credits for " + Words.money(chosen.price()) + ". With a threshold of "
                        + status.settings().threshold() + ", one recharge costs at most "
                        + Words.money(autoRecharge
                                .policy()
                                .greatestCharge(
                                        new Settings(
                                                true, credits, status.settings().threshold()),
                                        status.balance()))
                        + ". If I choose otherwise, I am shown the new amount before it is saved.")
                .orElse("none is chosen.");
    }

    private static String limit(@Nullable Money own) {
        return own == null ? "" : own.toBigDecimal().toPlainString();
    }

    private static String spent(Spending.Period month) {
        String count = month.recharges() == 1 ? "1 recharge" : month.recharges() + " recharges";
        String most = month.limit() == null ? "" : " of at most " + Words.money(month.limit());
        return Words.money(month.spent()) + most + " in " + count + " this month. It begins again on "
                + Words.time(month.until()) + ".";
    }

    private int firstOffer() {
        List<Integer> sizes = autoRecharge.policy().packages().sizes();
        return sizes.contains(OFFERED_FIRST) ? OFFERED_FIRST : sizes.get(0);
    }

    private static @Nullable Agreement agreement(@Nullable Consent consent) {
        return consent == null ? null : new Agreement(consent.version(), when(consent.at()));
    }

    private static Offer offer(CreditPackage offered) {
        Money each = offered.price().prorated(Credits.of(1), offered.amount(), RoundingMode.HALF_UP);
        return new Offer(
                offered.credits(),
                Words.money(offered.price()),
                Words.money(each),
                offered.price().toBigDecimal().toPlainString(),
                offered.price().currencyCode());
    }

    private static EntryRow row(LedgerEntry entry) {
        boolean added = entry.amount().isPositive();
        return new EntryRow(
                when(entry.createdAt()),
                entry.description(),
                added ? "+" + entry.amount() : "−" + entry.amount().negated(),
                added,
                entry.balanceAfter().toString(),
                entry.type() == EntryType.BONUS ? "bonus" : entry.type() == EntryType.DEBIT ? "debit" : "credit");
    }

    static When when(Instant at) {
        return new When(at.toString(), Words.time(at));
    }
}
