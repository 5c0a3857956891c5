package io.autorecharge.examples.demo;

import io.autorecharge.account.MethodStop;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Suspension;
import io.autorecharge.examples.demo.ProfileView.CardRow;
import io.autorecharge.examples.demo.ProfileView.When;
import java.time.Instant;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes the saved payment methods, and why one of them is passed over. */
final class CardRows {
    private static final DateTimeFormatter EXPIRY = DateTimeFormatter.ofPattern("MM/uuuu", Locale.ENGLISH);

    private static final Map<Suspension.Reason, String> STOPS = Map.of(
            Suspension.Reason.REPEATED_DECLINES,
                    "It was declined several times in a row. Save your settings again to allow one more try.",
            Suspension.Reason.REQUEST_REFUSED,
                    "Several charges could not be carried out. Save your settings again to allow one more try.",
            Suspension.Reason.AUTHENTICATION_REQUIRED,
                    "Your bank wanted you to confirm a payment. Save your settings again to allow one more try.",
            Suspension.Reason.METHOD_UNUSABLE, "It can no longer be charged.",
            Suspension.Reason.HARD_DECLINE, "Your bank asked us not to charge it again.");

    private CardRows() {}

    static List<CardRow> of(PaymentMethods methods, Instant now) {
        List<CardRow> rows = new ArrayList<>();
        for (SavedMethod saved : methods.all()) {
            rows.add(row(saved, rows.isEmpty(), now));
        }
        return rows;
    }

    private static CardRow row(SavedMethod saved, boolean primary, Instant now) {
        MethodStop stop = saved.stop();
        Instant retryAt = saved.retryAt();
        if (stop != null) {
            String reason = STOPS.getOrDefault(stop.reason(), "It is not charged.");
            return row(saved, primary, "bad", "Stopped", reason, null);
        }
        if (retryAt != null && retryAt.isAfter(now)) {
            return row(saved, primary, "warn", "Waiting", "The last charge failed. We try it again at", retryAt);
        }
        return saved.method().isExpired(now)
                ? row(saved, primary, "warn", "Expired", "Cards that have not expired are charged first.", null)
                : row(saved, primary, null, null, null, null);
    }

    private static CardRow row(
            SavedMethod saved,
            boolean primary,
            @Nullable String look,
            @Nullable String state,
            @Nullable String reason,
            @Nullable Instant next) {
        PaymentMethod method = saved.method();
        YearMonth expiry = method.expiry();
        When again = next == null ? null : ProfileViews.when(next);
        return new CardRow(
                method.id(),
                Words.card(method),
                expiry == null ? null : EXPIRY.format(expiry),
                primary,
                look,
                state,
                reason,
                again);
    }
}
