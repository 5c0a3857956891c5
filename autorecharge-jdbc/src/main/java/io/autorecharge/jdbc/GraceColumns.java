package io.autorecharge.jdbc;

import io.autorecharge.account.Grace;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a grace in the state of an account. */
final class GraceColumns {
    private GraceColumns() {}

    static @Nullable Grace read(SqlRow row) throws SQLException {
        Instant since = row.timeOrNull("grace_since");
        return since == null
                ? null
                : new Grace(
                        since,
                        row.time("grace_until"),
                        row.credits("grace_credits"),
                        row.text("grace_card"),
                        row.word(Grace.Stage.class, "grace_stage"));
    }

    /** The values in the order of the columns: begin, end, credits, card, stage. */
    static List<@Nullable Object> values(@Nullable Grace grace) {
        return Arrays.asList(
                grace == null ? null : grace.since(),
                grace == null ? null : grace.until(),
                grace == null ? null : grace.credits(),
                grace == null ? null : grace.card(),
                grace == null ? null : grace.stage());
    }

    /** As the database will return it, with times cut to microseconds. */
    static @Nullable Grace stored(@Nullable Grace grace) {
        return grace == null
                ? null
                : new Grace(
                        SqlTimes.stored(grace.since()),
                        SqlTimes.stored(grace.until()),
                        grace.credits(),
                        grace.card(),
                        grace.stage());
    }
}
