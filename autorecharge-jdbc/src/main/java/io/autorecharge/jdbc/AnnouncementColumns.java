package io.autorecharge.jdbc;

import io.autorecharge.account.Announcement;
import io.autorecharge.credit.Money;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of an announcement, which the state of an account and a recharge both have. */
final class AnnouncementColumns {
    /** No card's name has control characters. */
    private static final String BETWEEN_CARDS = "\n";

    private AnnouncementColumns() {}

    static @Nullable Announcement read(SqlRow row) throws SQLException {
        Instant at = row.timeOrNull("announced_at");
        return at == null
                ? null
                : new Announcement(
                        at,
                        row.time("announced_for"),
                        row.money("announced_max_minor", "announced_currency"),
                        row.number("announced_credits"),
                        row.money("announced_price_minor", "announced_currency"),
                        List.of(row.text("announced_cards").split(BETWEEN_CARDS)));
    }

    /** The values in the order of the columns: time, announced time, maximum, currency, package, its price, cards. */
    static List<@Nullable Object> values(@Nullable Announcement announced) {
        Money max = announced == null ? null : announced.max();
        return Arrays.asList(
                announced == null ? null : announced.at(),
                announced == null ? null : announced.notBefore(),
                max == null ? null : max.minorUnits(),
                max == null ? null : max.currencyCode(),
                announced == null ? null : announced.packageCredits(),
                announced == null ? null : announced.packagePrice().minorUnits(),
                cards(announced));
    }

    static @Nullable String cards(@Nullable Announcement announced) {
        return announced == null ? null : String.join(BETWEEN_CARDS, announced.cards());
    }

    /** As the database will return it, with times cut to microseconds. */
    static @Nullable Announcement stored(@Nullable Announcement announced) {
        return announced == null
                ? null
                : new Announcement(
                        SqlTimes.stored(announced.at()),
                        SqlTimes.stored(announced.notBefore()),
                        announced.max(),
                        announced.packageCredits(),
                        announced.packagePrice(),
                        announced.cards());
    }
}
