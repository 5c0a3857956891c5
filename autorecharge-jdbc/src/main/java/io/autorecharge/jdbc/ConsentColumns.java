package io.autorecharge.jdbc;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.Money;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The agreement in the account's state, with the number of its record. */
final class ConsentColumns {
    private ConsentColumns() {}

    /** The columns of the record and its price. */
    static List<@Nullable Object> values(@Nullable Consent consent, int records) {
        AgreedPackage bought = consent == null ? null : consent.bought();
        Money most = consent == null ? null : consent.max();
        return Arrays.asList(
                records,
                consent == null || consent.number() == 0 ? null : consent.number(),
                bought == null ? null : bought.credits(),
                bought == null ? null : bought.bonus(),
                bought == null ? null : bought.price().minorUnits(),
                bought == null ? null : bought.price().currencyCode(),
                consent == null || bought == null ? null : consent.at(),
                bought == null || most == null ? null : most.minorUnits());
    }

    static @Nullable Consent read(SqlRow row) throws SQLException {
        Instant at = row.timeOrNull("consent_at");
        if (at == null) {
            return null;
        }
        Money max = row.moneyOrNull("consent_max_minor", "consent_max_currency");
        Consent consent = new Consent(
                row.text("consent_version"), at, max, row.wordOrNull(Consent.Source.class, "consent_source"));
        Integer credits = row.numberOrNull("agreed_credits");
        if (credits == null || !isOf(row, at, max)) {
            return consent;
        }
        return consent.withBought(new AgreedPackage(
                        credits, row.credits("agreed_bonus"), row.money("agreed_minor", "agreed_currency")))
                .recordedAs(row.number("consent_number"));
    }

    /** A process of an older version may have replaced the agreement, and knows nothing of these columns. */
    private static boolean isOf(SqlRow row, Instant at, @Nullable Money max) throws SQLException {
        return at.equals(row.timeOrNull("agreed_at"))
                && row.big("agreed_max_minor") == (max == null ? 0 : max.minorUnits());
    }

    /** The agreement as the database will return it. */
    static @Nullable Consent stored(@Nullable Consent consent) {
        return consent == null
                ? null
                : new Consent(
                        consent.version(),
                        Objects.requireNonNull(SqlTimes.stored(consent.at()), "at"),
                        consent.max(),
                        consent.source(),
                        consent.bought(),
                        consent.number());
    }
}
