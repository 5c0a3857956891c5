package io.autorecharge.spring;

import io.autorecharge.jdbc.IdType;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What a host may set. The defaults of the annotations are those of the core and of the Stripe adapter; a test compares each.
 *
 * @param enabled Whether the library does anything at all.
 * @param runOnce Look at everything that is due once, without a web server and without a scheduler, and end the process: for cron, systemd
 *     and cloud schedulers. Given on the command line as --autorecharge.run-once.
 * @param reconcileSince After the database was restored from a backup, the moment that the backup shows, as 2026-05-04T03:00:00Z: bring what was
 *     charged, sold and refunded since from Stripe's books, charge nobody, and end the process. Given on the command line as
 *     --autorecharge.reconcile-since, while no other node runs.
 * @param stripe How Stripe is called.
 * @param currency ISO code of the currency that all prices and amounts are in.
 * @param packages The packages on sale. Without any: 50 credits for 5.00, 100 for 9.00, 250 for 20.00 and 500 for 35.00 US dollars.
 * @param threshold Recharge when the balance is below so many credits, for accounts that chose no threshold of their own.
 * @param thresholdInclusive Recharge at the threshold too, not only below it.
 * @param sizing How much one recharge buys: the account's package, as often as closes the gap (fixed), or what is missing to a balance
 *     (target).
 * @param target The balance that a recharge fills up to, in credits. Only with sizing=target.
 * @param minAmount Least amount of one charge, in the currency's major unit.
 * @param maxAmount Greatest amount of one charge, in the currency's major unit.
 * @param bonus Promotional credits on top of every automatic recharge and of the purchase that first switches it on.
 * @param limits What an account may be charged automatically.
 * @param backOff What follows declines.
 * @param timing The waits of the protocol.
 * @param concurrency Accounts that are looked at at once. Each may hold one database connection.
 * @param callsPerSecond Charges sent to the payment provider a second, at most. Stripe allows 25 an endpoint.
 * @param balanceCheck With balances in another service: how often each is compared with its threshold when nobody tells of a change.
 * @param reversalCheck How often the payment provider is asked for refunds and disputes that no webhook told of. Zero for never.
 * @param velocityAlarm When people are told of an account that recharges suspiciously often.
 * @param consent The user's agreement to be charged.
 * @param scheduler The scheduler inside this process.
 * @param web The HTTP endpoints.
 * @param jdbc The library's tables.
 * @param accounts The table that holds the accounts, when the application has one. Without it the library makes its own.
 */
@ConfigurationProperties("autorecharge")
public record AutoRechargeProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean runOnce,
        @Nullable Instant reconcileSince,
        @DefaultValue Stripe stripe,
        @DefaultValue("USD") String currency,
        @Nullable List<Offer> packages,
        @DefaultValue("10") BigDecimal threshold,
        @DefaultValue("false") boolean thresholdInclusive,
        @DefaultValue("fixed") Sizing sizing,
        @Nullable BigDecimal target,
        @Nullable BigDecimal minAmount,
        @Nullable BigDecimal maxAmount,
        @DefaultValue Bonus bonus,
        @DefaultValue Limits limits,
        @DefaultValue BackOff backOff,
        @DefaultValue Timing timing,
        @DefaultValue("8") int concurrency,
        @DefaultValue("20") int callsPerSecond,
        @DefaultValue("1h") Duration balanceCheck,
        @DefaultValue("1h") Duration reversalCheck,
        @DefaultValue VelocityAlarm velocityAlarm,
        @DefaultValue Consent consent,
        @DefaultValue Scheduler scheduler,
        @DefaultValue Web web,
        @DefaultValue Jdbc jdbc,
        @DefaultValue Accounts accounts) {

    /** How much one recharge buys. */
    enum Sizing {
        /** The account's package, or as many of it as close the gap, in one charge. */
        FIXED,
        /** As many credits as bring the balance back up to the target. */
        TARGET
    }

    /**
     * A package.
     *
     * @param credits How many credits the package holds.
     * @param price Its price, in the currency's major unit: 9.00.
     */
    record Offer(int credits, @Nullable BigDecimal price) {}

    /**
     * The bonus: credits, or a percentage, or a rule for each package. Without any, 20 credits.
     *
     * @param credits The same number of credits on every recharge.
     * @param percent A share of the credits bought: 5 gives 5 on 100.
     * @param tiers A rule for each package; those that are not named bring no bonus.
     */
    record Bonus(
            @Nullable BigDecimal credits,
            @Nullable BigDecimal percent,
            @Nullable List<Tier> tiers) {}

    /**
     * The bonus of one package.
     *
     * @param size Which package, by its credits.
     * @param credits So many credits.
     * @param percent A share of the credits bought.
     */
    record Tier(
            int size,
            @Nullable BigDecimal credits,
            @Nullable BigDecimal percent) {}

    /**
     * When people are told of an account that recharges suspiciously often; nothing is held back by it.
     *
     * @param enabled Whether they are told at all.
     * @param recharges More recharges than this within the window are told of, once.
     * @param within The sliding window.
     */
    record VelocityAlarm(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5") int recharges,
            @DefaultValue("1h") Duration within) {}

    /**
     * What an account may be charged automatically.
     *
     * @param cooldown Least time between the starts of two recharges.
     * @param purchases Most recharges within the window.
     * @param window The sliding window that counts recharges.
     * @param monthlySpend Most money within a calendar month, in the currency's major unit. Without it there is no such limit.
     * @param zone Whose midnights begin a month.
     */
    record Limits(
            @DefaultValue("5m") Duration cooldown,
            @DefaultValue("10") int purchases,
            @DefaultValue("24h") Duration window,
            @Nullable BigDecimal monthlySpend,
            @DefaultValue("Z") ZoneId zone) {}

    /**
     * What follows declines.
     *
     * @param waits The wait after the first decline, the second and so on. The decline after the last wait suspends the account.
     */
    record BackOff(@DefaultValue({"6h", "48h"}) List<Duration> waits) {}

    /**
     * The waits of the protocol.
     *
     * @param lease How long another node leaves an account alone that one took. Longer than five times autorecharge.stripe.read-timeout.
     * @param resendWithin How long after its first send an attempt may be sent again with its key. Stripe may forget keys after 24 hours.
     * @param concludeAfter How long after its last send an attempt that the provider does not list is taken as never carried out.
     * @param poll How often due accounts are looked for.
     * @param sweep How often all accounts are compared with their thresholds.
     */
    record Timing(
            @DefaultValue("2m") Duration lease,
            @DefaultValue("20h") Duration resendWithin,
            @DefaultValue("25h") Duration concludeAfter,
            @DefaultValue("5s") Duration poll,
            @DefaultValue("1h") Duration sweep) {}

    /**
     * The user's agreement to be charged.
     *
     * @param version Names the text that users agree to when they switch auto-recharge on. Change it with the text.
     */
    public record Consent(@DefaultValue("1") String version) {}

    /**
     * The scheduler inside this process.
     *
     * @param enabled Whether this process looks for due accounts by itself. Another one must when this is off.
     */
    record Scheduler(@DefaultValue("true") boolean enabled) {}

    /**
     * The HTTP endpoints.
     *
     * @param enabled Whether the endpoints under /api/credits are there.
     */
    record Web(@DefaultValue("true") boolean enabled) {}

    /**
     * The library's tables.
     *
     * @param migrate Whether the library makes and upgrades its own tables when the application starts. When it does not, it looks whether
     *     they are there.
     */
    record Jdbc(@DefaultValue("true") boolean migrate) {}

    /**
     * A table of the application's that has a row for every account. The first five go together.
     *
     * @param table Its name, with its schema before a dot if need be: users.
     * @param idColumn Its key: id.
     * @param idType What the key is.
     * @param balanceColumn The column of the credits: credits.
     * @param balanceType What the credits are: integer, bigint, numeric, numeric(12,2) or double precision.
     * @param emailColumn The column of the e-mail addresses, which Stripe's customers are made with. May be left out.
     * @param foreignKey Tie the ledger to the table by a foreign key. Makes taking credits slower.
     */
    record Accounts(
            @Nullable String table,
            @Nullable String idColumn,
            @Nullable IdType idType,
            @Nullable String balanceColumn,
            @Nullable String balanceType,
            @Nullable String emailColumn,
            @DefaultValue("false") boolean foreignKey) {}

    /**
     * How Stripe is called.
     *
     * @param secretKey The secret or restricted key of Stripe's dashboard: sk_test_…, rk_test_…, sk_live_… or rk_live_…. Without it, and without a
     *     Gateway bean, the library does nothing.
     * @param webhookSecret The signing secret of the webhook endpoint: whsec_…. Without it there is no webhook endpoint, and results come by
     *     asking.
     * @param additionalWebhookSecrets Further signing secrets that are accepted while one is replaced by another.
     * @param successUrl Where Stripe's page sends a customer who paid. May hold {CHECKOUT_SESSION_ID}.
     * @param cancelUrl Where Stripe's page sends a customer who turned back.
     * @param apiBase Where Stripe's API is, for tests and simulators. Default https://api.stripe.com.
     * @param connectTimeout How long making a connection may take.
     * @param readTimeout How long one request may take. Five of these must fit into autorecharge.timing.lease.
     * @param checkoutLifetime How long a checkout page takes payments.
     * @param webhookTolerance How old, or how far ahead, the timestamp of a webhook may be.
     * @param account The connected account that every call is made for: acct_….
     * @param statementDescriptorSuffix What follows the prefix on the customer's statement.
     * @param productName The line on the checkout page. {credits} stands for the number.
     * @param savingNotice Text next to the pay button of a page that saves the payment method.
     */
    record Stripe(
            @Nullable String secretKey,
            @Nullable String webhookSecret,
            @DefaultValue List<String> additionalWebhookSecrets,
            @Nullable String successUrl,
            @Nullable String cancelUrl,
            @Nullable String apiBase,
            @DefaultValue("5s") Duration connectTimeout,
            @DefaultValue("20s") Duration readTimeout,
            @DefaultValue("1h") Duration checkoutLifetime,
            @DefaultValue("5m") Duration webhookTolerance,
            @Nullable String account,
            @Nullable String statementDescriptorSuffix,
            @Nullable String productName,
            @Nullable String savingNotice) {
        /** Shows no secret. */
        @Override
        public String toString() {
            return "Stripe[account=" + account + "]";
        }
    }
}
