package io.autorecharge.spring;

import io.autorecharge.jdbc.IdType;
import io.autorecharge.policy.NegativeBalance;
import io.autorecharge.policy.ThresholdMode;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties of a host. The default values are those of core and of the Stripe adapter; a test compares each of them.
 *
 * @param enabled Whether the library is active. With false, it does nothing.
 * @param runOnce Process all due accounts once, without web server and scheduler, and end the process: for cron, systemd and cloud
 *     schedulers. On the command line: --autorecharge.run-once.
 * @param reconcileSince After a restore from a backup, the time of the backup, such as 2026-05-04T03:00:00Z: reconcile the database with
 *     Stripe since then, charge no account, and end the process. On the command line: --autorecharge.reconcile-since. Stop other nodes:
 *     they may charge again before the run has finished.
 * @param stripe How Stripe is called.
 * @param currency Currency of all prices and amounts, as an ISO 4217 code.
 * @param packages The packages on sale. By default 50 credits for 5.00, 100 for 9.00, 250 for 20.00 and 500 for 35.00 US dollars.
 * @param threshold Recharge when the balance is below this number of credits, for accounts that have not chosen a threshold.
 * @param thresholdInclusive Whether to recharge also at the threshold, not only below it.
 * @param thresholdMode Which balance calls for a recharge. With fixed, one below the threshold. With smart, an account that uses its credits
 *     fast is recharged earlier. Not with balances in another service.
 * @param smartThreshold How a smart threshold follows the use of an account.
 * @param sizing What one recharge buys. With fixed, the account's package, as often as needed to bring the balance above the threshold.
 *     With target, the credits that bring the balance up to autorecharge.target.
 * @param target The balance that a recharge fills up to, in credits. Required with autorecharge.sizing=target, and refused otherwise.
 * @param minAmount Minimum amount of one charge, in the currency's major unit. By default Stripe's own minimum for the currency.
 * @param maxAmount Maximum amount of one charge, in the currency's major unit. By default 10 times the price of the dearest package.
 * @param bonus Promotional credits added to every automatic recharge and to the purchase that first enables it.
 * @param limits Limits of automatic charges per account.
 * @param totalLimits The most that all accounts together are charged automatically. By default there is no such limit.
 * @param people How much the requests of one account's user may cost.
 * @param backOff What happens after declines.
 * @param timing The waiting times of the protocol.
 * @param concurrency Maximum number of accounts checked at once, per node. Each may hold one database connection.
 * @param callsPerSecond Maximum rate of calls to Stripe, per node. Stripe allows 25 per second per endpoint.
 * @param balanceCheck If balances are kept in another service, the interval between two comparisons of a balance with its threshold.
 * @param reversalCheck Interval between two polls of Stripe for refunds and disputes that no webhook reported. With 0s, Stripe is not
 *     polled.
 * @param negativeBalance What happens to the part of a refund or dispute that would make a balance negative. post makes it negative, owe
 *     waits for new credits, write-off gives the rest up.
 * @param clockTolerance How far the clock of a node may differ from Stripe's, from 1m to 30m. Beyond it the node charges no account.
 * @param retention How long rows are kept that nothing needs any more.
 * @param listenerTimeout How long a listener may take for one event, at most 1d. After that the event is delivered to it again later.
 * @param installation Who this application is at Stripe.
 * @param maxAttempts How many payment methods one recharge may try: the primary one, and then its backups. From 1 to 10.
 * @param idleGuard Whether an account that used nothing since its last recharge is held although its balance is low: something else has lowered it.
 *     Without effect on a table of the host, and with a ledger in another service.
 * @param noticeBefore How long before an automatic charge the customer is told of it, at most 30d. 0s for charges that are not announced.
 * @param detachRemovedMethods Whether a payment method that a user removes is detached at Stripe too.
 * @param grace How far an account may be overdrawn after a decline. By default not at all.
 * @param velocityAlarm When accounts that recharge suspiciously often are reported.
 * @param scheduler The scheduler in this process.
 * @param web The HTTP endpoints.
 * @param jdbc The library's tables.
 * @param accounts The application's own table that holds the accounts. By default the library creates the table credit_accounts.
 */
@ConfigurationProperties("autorecharge")
record AutoRechargeProperties(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("false") boolean runOnce,
        @Nullable Instant reconcileSince,
        @DefaultValue Stripe stripe,
        @DefaultValue("USD") String currency,
        @Nullable List<Offer> packages,
        @DefaultValue("10") BigDecimal threshold,
        @DefaultValue("false") boolean thresholdInclusive,
        @DefaultValue("fixed") ThresholdMode thresholdMode,
        @DefaultValue SmartThreshold smartThreshold,
        @DefaultValue("fixed") Sizing sizing,
        @Nullable BigDecimal target,
        @Nullable BigDecimal minAmount,
        @Nullable BigDecimal maxAmount,
        @DefaultValue Bonus bonus,
        @DefaultValue Limits limits,
        @DefaultValue TotalLimits totalLimits,
        @DefaultValue People people,
        @DefaultValue BackOff backOff,
        @DefaultValue Timing timing,
        @DefaultValue("8") int concurrency,
        @DefaultValue("20") int callsPerSecond,
        @DefaultValue("1h") Duration balanceCheck,
        @DefaultValue("1h") Duration reversalCheck,
        @DefaultValue("post") NegativeBalance negativeBalance,
        @DefaultValue Retention retention,
        @DefaultValue("10m") Duration clockTolerance,
        @DefaultValue("30s") Duration listenerTimeout,
        @DefaultValue Installation installation,
        @DefaultValue("3") int maxAttempts,
        @DefaultValue("true") boolean idleGuard,
        @DefaultValue("0s") Duration noticeBefore,
        @DefaultValue("false") boolean detachRemovedMethods,
        @DefaultValue Grace grace,
        @DefaultValue VelocityAlarm velocityAlarm,
        @DefaultValue Scheduler scheduler,
        @DefaultValue Web web,
        @DefaultValue Jdbc jdbc,
        @DefaultValue Accounts accounts) {

    /**
     * How far an account may be overdrawn after a decline. Both values are given, or none.
     *
     * @param days For how many days after the first decline an account may be overdrawn, from 1 to 60. By default it may not.
     * @param credits How many credits the balance may be below zero then. By default none.
     */
    record Grace(@Nullable Integer days, @Nullable BigDecimal credits) {}

    /**
     * How long rows are kept that nothing needs any more. 0 keeps them for ever.
     *
     * @param events Delivered events. At least 62 days.
     * @param webhooks Ids of handled webhook events. At least 31 days.
     * @param failedRecharges Recharges that ended without a payment, and their attempts. At least 367 days.
     * @param cardAttempts How often a card was tried. At least 31 days.
     */
    record Retention(
            @DefaultValue("90d") Duration events,
            @DefaultValue("35d") Duration webhooks,
            @DefaultValue("396d") Duration failedRecharges,
            @DefaultValue("62d") Duration cardAttempts) {}

    /**
     * A smart threshold: what an account uses in the lead time, but at least its own threshold and at most one package more.
     *
     * @param leadTime For how long the credits are to last when a recharge begins. At most 30 days.
     * @param recentFactor The use of the last 24 hours, multiplied by this, counts if it is higher than the use of the last 7 days. At most 10.
     */
    record SmartThreshold(
            @DefaultValue("6h") Duration leadTime,
            @DefaultValue("1") BigDecimal recentFactor) {}

    /** How much one recharge buys. */
    enum Sizing {
        /** The account's package, as often as needed to close the gap, in one charge. */
        FIXED,
        /** The credits that are missing to the target. */
        TARGET
    }

    /**
     * A package.
     *
     * @param credits Number of credits in the package.
     * @param price Price in the currency's major unit, such as 9.00.
     */
    record Offer(int credits, @Nullable BigDecimal price) {}

    /**
     * The bonus: credits, a percentage, or a rule per package. By default 20 credits.
     *
     * @param credits Number of bonus credits, the same for every recharge. By default 20, if neither percent nor tiers is set.
     * @param percent Bonus as a percentage of the credits bought: 5 adds 5 credits to 100. Not combined with credits or tiers.
     * @param tiers A bonus per package. Packages that are not listed have no bonus. Not combined with credits or percent.
     */
    record Bonus(
            @Nullable BigDecimal credits,
            @Nullable BigDecimal percent,
            @Nullable List<Tier> tiers) {}

    /**
     * The bonus of one package.
     *
     * @param size The package, by its number of credits.
     * @param credits Number of bonus credits.
     * @param percent Percentage of the credits bought.
     */
    record Tier(
            int size,
            @Nullable BigDecimal credits,
            @Nullable BigDecimal percent) {}

    /**
     * When accounts that recharge suspiciously often are reported. No recharge is held back.
     *
     * @param enabled Whether accounts that recharge suspiciously often are reported. No recharge is held back.
     * @param recharges Number of recharges within the window that is not yet suspicious. The first one above it is reported.
     * @param within Length of the sliding window in which recharges are counted for the alarm.
     */
    record VelocityAlarm(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("5") int recharges,
            @DefaultValue("1h") Duration within) {}

    /**
     * Limits of automatic charges per account.
     *
     * @param cooldown Minimum time between the starts of two recharges.
     * @param purchases Maximum number of recharges within the window.
     * @param window Length of the sliding window in which recharges are counted.
     * @param monthlySpend Maximum amount per calendar month, in the currency's major unit. By default there is no such
     *     limit.
     * @param dailySpend Maximum amount per calendar day, in the currency's major unit. By default there is no such limit.
     * @param zone Time zone in which a calendar month and a day begin, such as Europe/Berlin. Z is UTC.
     * @param cardAttempts Maximum number of declined and open attempts of one card in 30 days, over all accounts.
     */
    record Limits(
            @DefaultValue("5m") Duration cooldown,
            @DefaultValue("10") int purchases,
            @DefaultValue("24h") Duration window,
            @Nullable BigDecimal monthlySpend,
            @Nullable BigDecimal dailySpend,
            @DefaultValue("Z") ZoneId zone,
            @DefaultValue("10") int cardAttempts) {}

    /**
     * The most that all accounts together are charged automatically, in the currency's major unit. Hours and days begin in the time zone
     * autorecharge.limits.zone.
     *
     * @param perHour Maximum amount per hour of the clock, in the currency's major unit. By default there is no such limit.
     * @param perDay Maximum amount per calendar day, in the currency's major unit. By default there is no such limit.
     */
    record TotalLimits(
            @Nullable BigDecimal perHour, @Nullable BigDecimal perDay) {}

    /**
     * How much the requests of one account's user may cost. What exceeds a limit is answered with 429.
     *
     * @param openCheckouts Number of checkouts of one account that may be open at the same time. One more closes the oldest of them.
     * @param checkoutsPerHour Number of checkouts that one account may open within an hour.
     * @param callsPerMinute Number of calls to Stripe that one account's user may cause within a minute, per node.
     * @param maxWait How long a user's request waits for its turn to call Stripe.
     */
    record People(
            @DefaultValue("5") int openCheckouts,
            @DefaultValue("20") int checkoutsPerHour,
            @DefaultValue("60") int callsPerMinute,
            @DefaultValue("5s") Duration maxWait) {}

    /**
     * What happens after declines.
     *
     * @param waits Waiting times after the first decline, the second and so on. The decline after the last one suspends the account.
     */
    record BackOff(@DefaultValue({"6h", "48h"}) List<Duration> waits) {}

    /**
     * The waiting times of the protocol.
     *
     * @param lease How long no other node processes an account that one node has claimed. Longer than five times
     *     autorecharge.stripe.read-timeout.
     * @param resendWithin How long an attempt is sent again with its key, counted from its first send. Stripe may forget keys after 24
     *     hours.
     * @param concludeAfter How long an attempt that Stripe does not list stays open, counted from its last send.
     * @param poll Interval between two checks for due accounts.
     * @param sweep Interval between two comparisons of all accounts with their thresholds.
     */
    record Timing(
            @DefaultValue("2m") Duration lease,
            @DefaultValue("20h") Duration resendWithin,
            @DefaultValue("25h") Duration concludeAfter,
            @DefaultValue("5s") Duration poll,
            @DefaultValue("1h") Duration sweep) {}

    /**
     * Who this application is at Stripe, as distinct from all others that use the same Stripe account.
     *
     * @param id The id of this installation, the same in all processes of the application: 1 to 64 letters, digits, dots, underscores or
     *     hyphens. By default the first process makes one and writes it into the database. Another id than the database contains stops the
     *     start.
     * @param serverMoves Whether the database may be on another server after a pause: its address and the creation of its files are then
     *     not compared with those of before.
     */
    record Installation(
            @Nullable String id, @DefaultValue("false") boolean serverMoves) {}

    /**
     * The scheduler in this process.
     *
     * @param enabled Whether this process checks for due accounts by itself. With false, another process must. A debit that crosses the
     *     threshold still triggers an immediate recharge.
     */
    record Scheduler(@DefaultValue("true") boolean enabled) {}

    /**
     * The HTTP endpoints.
     *
     * @param enabled Whether the application has the endpoints under /api/credits.
     */
    record Web(@DefaultValue("true") boolean enabled) {}

    /**
     * The library's tables.
     *
     * @param migrate Whether the library creates and upgrades its tables on start. With false, the start only checks them and names what is
     *     missing.
     * @param dataSource Name of the DataSource bean that holds the tables. By default the only one, or the one that is @Primary.
     * @param schema Schema of the library's tables; on MariaDB and MySQL, their database. By default the current schema of a new connection.
     *     Required if the search path shows tables with these names in another schema.
     * @param tablePrefix What the names of the library's tables begin with, such as billing_. By default nothing.
     * @param lockTimeout How long the library's own transactions wait for a row that another transaction holds: 100 milliseconds to 1 hour.
     *     Then the account is checked again later.
     * @param statementTimeout How long one statement of the library's own transactions may take. At least autorecharge.jdbc.lock-timeout.
     * @param networkTimeout How long the library's own transactions wait for an answer of the database before the connection counts as
     *     broken. Longer than autorecharge.jdbc.statement-timeout.
     */
    record Jdbc(
            @DefaultValue("true") boolean migrate,
            @Nullable String dataSource,
            @Nullable String schema,
            @Nullable String tablePrefix,
            @DefaultValue("5s") Duration lockTimeout,
            @DefaultValue("30s") Duration statementTimeout,
            @DefaultValue("40s") Duration networkTimeout) {}

    /**
     * The application's own table that holds the accounts. The first five properties go together.
     *
     * @param table Name of the table, optionally with a schema, such as users. By default the library creates credit_accounts.
     * @param idColumn Name of the column that holds the account id, such as id.
     * @param idType Type of the account id: text, integer, bigint or uuid.
     * @param balanceColumn Name of the column that holds the credits, such as credits.
     * @param balanceType Type of the column that holds the credits: integer, bigint, numeric, numeric(12,2) or double precision.
     * @param emailColumn Name of the column that holds the email address. It is used for Stripe customers if the AccountResolver returns no
     *     address.
     * @param foreignKey Whether to add a foreign key from the ledger to the table. Makes debits slower.
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
     * @param secretKey The secret or restricted key from Stripe's dashboard: sk_test_…, rk_test_…, sk_live_… or rk_live_…. Without it, and
     *     without a Gateway bean, the library does nothing.
     * @param webhookSecret The signing secret of the webhook endpoint: whsec_…. Without it, there is no webhook endpoint, and Stripe is
     *     polled.
     * @param additionalWebhookSecrets Further signing secrets that are accepted while one secret is replaced by another.
     * @param successUrl Address to which Stripe's page sends the customer after the payment. May contain {CHECKOUT_SESSION_ID}. Required with
     *     a live key; with a test key, by default the root of this application on localhost.
     * @param cancelUrl Address to which Stripe's page sends a customer who cancels. Required with a live key; with a test key, by default the
     *     root of this application on localhost.
     * @param apiBase Address of Stripe's API, for tests and simulators. By default https://api.stripe.com.
     * @param connectTimeout Timeout for opening a connection.
     * @param readTimeout Timeout for one request. Five of these must fit into autorecharge.timing.lease.
     * @param checkoutLifetime How long a checkout session accepts payments: 35 minutes to 24 hours.
     * @param webhookTolerance How far the timestamp of a webhook may be off: 10 seconds to 1 hour.
     * @param account The connected account that every call is made for: acct_…. By default the account of the key.
     * @param statementDescriptorSuffix Text on the customer's statement, after the prefix of the Stripe account. By default none.
     * @param productName Name of the product on the checkout page. {credits} stands for the number. By default "{credits} credits".
     * @param savingNotice Text next to the pay button of a checkout page that saves the payment method. By default a general consent text.
     * @param savedMethodTypes Types of payment methods that a checkout page offers which saves the method, in Stripe's words. Only types that can
     *     be charged later. By default card, link, sepa_debit and us_bank_account.
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
            @Nullable String savingNotice,
            @DefaultValue List<String> savedMethodTypes) {
        /** Contains no secret. */
        @Override
        public String toString() {
            return "Stripe[account=" + account + "]";
        }
    }
}
