package io.autorecharge.jdbc;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.store.StoreException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What users agreed to, which is only added to, and what packages cost when that was first recorded. Thread-safe. */
final class ConsentRows {
    /** Ids of the provider have no line breaks. */
    private static final String BETWEEN_METHODS = "\n";

    private static final String INSERT = """
            insert into auto_recharge_consents
                (account_id, consent_number, kind, version, text_hash, package_credits, package_bonus, price_minor, price_currency,
                 max_minor, max_currency, threshold, purchases, purchase_window, month_minor, month_currency, methods, source, actor,
                 given_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            {pg:on conflict do nothing}
            """;

    private static final String OF_ACCOUNT = """
            select account_id, consent_number, kind, version, text_hash, package_credits, package_bonus, price_minor, price_currency,
                   max_minor, max_currency, threshold, purchases, purchase_window, month_minor, month_currency, methods, source, actor,
                   given_at
            from auto_recharge_consents
            where account_id = ?
            order by consent_number
            """;

    private static final String INSERT_PRICE = """
            insert into auto_recharge_first_prices (package_credits, package_bonus, price_minor, price_currency, recorded_at)
            values (?, ?, ?, ?, ?)
            {pg:on conflict do nothing} {mariadb:on duplicate key update package_credits = package_credits}
            """;

    private static final String PRICES = """
            select package_credits, package_bonus, price_minor, price_currency
            from auto_recharge_first_prices
            order by package_credits
            """;

    private final String insert;
    private final String insertPrice;

    ConsentRows(SqlTemplates sql) {
        insert = sql.of(INSERT);
        insertPrice = sql.of(INSERT_PRICE);
    }

    void insert(SqlSession session, ConsentRecord record) {
        AgreedPackage bought = record.bought();
        Money max = record.max();
        ConsentRecord.Limits limits = record.limits();
        Money month = limits == null ? null : limits.monthlySpend();
        boolean inserted = session.inserted(
                insert,
                record.account(),
                record.number(),
                record.kind(),
                record.version(),
                record.textHash(),
                bought == null ? null : bought.credits(),
                bought == null ? null : bought.bonus(),
                bought == null ? null : bought.price().minorUnits(),
                bought == null ? null : bought.price().currencyCode(),
                max == null ? null : max.minorUnits(),
                max == null ? null : max.currencyCode(),
                limits == null ? null : limits.threshold(),
                limits == null ? null : limits.purchases(),
                limits == null ? null : limits.window().toSeconds(),
                month == null ? null : month.minorUnits(),
                month == null ? null : month.currencyCode(),
                String.join(BETWEEN_METHODS, record.methods()),
                record.source(),
                record.actor(),
                record.at());
        if (!inserted) {
            throw new StoreException(
                    false,
                    "agreement " + record.number() + " of account '" + record.account() + "' is recorded already",
                    null);
        }
    }

    List<ConsentRecord> of(SqlSession session, AccountId account) {
        // The database may ignore case, which distinguishes accounts.
        return session.list(OF_ACCOUNT, ConsentRows::read, account).stream()
                .filter(it -> it.account().equals(account))
                .toList();
    }

    List<AgreedPackage> firstPrices(SqlSession session) {
        return session.list(PRICES, ConsentRows::price);
    }

    /** In the order of the key, so that processes that start at once do not wait for each other in a circle. */
    void recordFirstPrices(SqlSession session, List<AgreedPackage> packages, Instant at) {
        packages.stream()
                .sorted(Comparator.comparingInt(AgreedPackage::credits))
                .forEach(it -> session.inserted(
                        insertPrice,
                        it.credits(),
                        it.bonus(),
                        it.price().minorUnits(),
                        it.price().currencyCode(),
                        at));
    }

    private static AgreedPackage price(SqlRow row) throws SQLException {
        return new AgreedPackage(
                row.number("package_credits"),
                row.credits("package_bonus"),
                row.money("price_minor", "price_currency"));
    }

    private static ConsentRecord read(SqlRow row) throws SQLException {
        return new ConsentRecord(
                row.account("account_id"),
                row.number("consent_number"),
                row.word(ConsentRecord.Kind.class, "kind"),
                row.text("version"),
                row.textOrNull("text_hash"),
                row.numberOrNull("package_credits") == null ? null : price(row),
                row.moneyOrNull("max_minor", "max_currency"),
                limits(row),
                Stream.of(row.text("methods").split(BETWEEN_METHODS, -1))
                        .filter(it -> !it.isEmpty())
                        .collect(Collectors.toList()),
                row.word(Consent.Source.class, "source"),
                row.text("actor"),
                row.time("given_at"));
    }

    private static ConsentRecord.@Nullable Limits limits(SqlRow row) throws SQLException {
        Credits threshold = row.creditsOrNull("threshold");
        return threshold == null
                ? null
                : new ConsentRecord.Limits(
                        threshold,
                        row.number("purchases"),
                        Duration.ofSeconds(row.big("purchase_window")),
                        row.moneyOrNull("month_minor", "month_currency"));
    }
}
