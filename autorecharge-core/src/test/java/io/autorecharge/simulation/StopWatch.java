package io.autorecharge.simulation;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.store.Attempt;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides which accounts must not be charged because of a refund, a dispute or a stopped card. Uses committed data, not the suspension that
 * the library derived from it. As in the library, each account has one stop, the hardest to end; where both may differ, this one is milder.
 */
final class StopWatch {
    /** The provider's code for a card that must never be charged again. */
    static final String NEVER_AGAIN = "stolen_card";

    /** The provider's code for a card that no longer exists. */
    static final String GONE = "detached";

    /** How far the clocks of two nodes may differ at least; more in worlds whose clocks are further apart. */
    private Duration skew = Duration.ofMinutes(20);

    private final Map<AccountId, AccountStops> stops = new HashMap<>();
    private final Map<String, Set<Reversal.Kind>> ofPayments = new HashMap<>();

    private static final class AccountStops {
        private @Nullable Instant refundedAt;
        private @Nullable Instant disputedAt;
        private @Nullable String stoppedCard;

        /** A card was stopped or no longer exists, which is harder to end than a refund. */
        private boolean cardBlamed;

        private boolean neverAgain;

        private void reversed(Reversal.Kind kind, Instant at) {
            if (kind == Reversal.Kind.DISPUTE) {
                disputedAt = at;
                refundedAt = null;
            } else if (disputedAt == null && !cardBlamed) {
                refundedAt = at;
            }
        }

        private void cardIsGood() {
            cardBlamed = false;
            neverAgain = false;
            stoppedCard = null;
        }
    }

    /** The clocks of this world's nodes differ by at most this; a stop and an offer are compared by the times that nodes wrote. */
    void clocksDiffer(Duration atMost) {
        skew = atMost.compareTo(skew) > 0 ? atMost : skew;
    }

    private AccountStops of(AccountId account) {
        return stops.computeIfAbsent(account, id -> new AccountStops());
    }

    /** A payment was refunded further, or disputed. */
    void reversed(AccountId account, String payment, Reversal.Kind kind, Instant at) {
        ofPayments
                .computeIfAbsent(payment, id -> EnumSet.noneOf(Reversal.Kind.class))
                .add(kind);
        of(account).reversed(kind, at);
    }

    /** A payment was granted that may have been refunded before. */
    void granted(AccountId account, @Nullable String payment, Instant at) {
        ofPayments.getOrDefault(payment, Set.of()).forEach(kind -> of(account).reversed(kind, at));
    }

    /** The card in use was declined; {@code surely} is whether that was committed. */
    void declined(Attempt attempt, boolean surely) {
        boolean never = NEVER_AGAIN.equals(attempt.detail());
        if (never || GONE.equals(attempt.detail())) {
            AccountStops now = of(attempt.account());
            now.cardBlamed = true;
            now.neverAgain |= never;
            now.refundedAt = null;
            now.stoppedCard = never && surely ? attempt.fingerprint() : now.stoppedCard;
        }
    }

    /** The user saved enabled settings. */
    void settingsSaved(AccountId account) {
        of(account).refundedAt = null;
    }

    /** A card was saved without a payment. */
    void saved(AccountId account, PaymentMethod method) {
        AccountStops now = of(account);
        boolean another =
                now.stoppedCard != null && method.fingerprint() != null && !method.sameCardAs(now.stoppedCard);
        // A stopped card without a fingerprint stays stopped; a card that no longer existed is valid under another id.
        if (another || !now.neverAgain) {
            now.cardIsGood();
        }
    }

    /** A backup was added, so that the account need not be suspended. A stopped card stays stopped. */
    void added(AccountId account, PaymentMethod method) {
        AccountStops now = of(account);
        if (now.stoppedCard == null || !method.sameCardAs(now.stoppedCard)) {
            now.cardBlamed = false;
        }
    }

    /** An off-session charge was paid. A backup that was charged does not make the card good that was stopped before. */
    void charged(Attempt attempt) {
        AccountStops now = of(attempt.account());
        if (attempt.number() == 1 || now.stoppedCard == null || now.stoppedCard.equals(attempt.fingerprint())) {
            now.cardIsGood();
        } else {
            now.cardBlamed = false;
        }
    }

    /** The customer paid a checkout that was offered at this time, and agreed to save the card. */
    void paidInPerson(AccountId account, Instant offeredAt) {
        AccountStops now = of(account);
        now.cardIsGood();
        now.refundedAt = isLater(now.refundedAt, offeredAt) ? now.refundedAt : null;
        now.disputedAt = isLater(now.disputedAt, offeredAt) ? now.disputedAt : null;
    }

    private boolean isLater(@Nullable Instant stop, Instant offeredAt) {
        return stop != null && stop.isAfter(offeredAt.plus(skew));
    }

    /** @return why the account must not be charged; null if it may be */
    @Nullable
    String whyNot(AccountId account, @Nullable PaymentMethod method) {
        AccountStops now = of(account);
        if (now.disputedAt != null || now.refundedAt != null) {
            return "was refunded " + now.refundedAt + ", disputed " + now.disputedAt;
        }
        boolean stopped = method != null && now.stoppedCard != null && method.sameCardAs(now.stoppedCard);
        return stopped ? "has a card that was stopped: " + method : null;
    }
}
