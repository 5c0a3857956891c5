package io.autorecharge.event;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account. Written in the transaction that made it happen and delivered at least once: whoever must not act
 * twice keeps the {@link #id}.
 *
 * @param id unique; the same happening has the same id
 * @param account whose
 * @param type what
 * @param at when
 * @param subject the id of the recharge, checkout, attempt or, for reversals, the provider's charge it is about; null when it is about the
 *     account
 * @param credits paid credits, where the type has them
 * @param bonus promotional credits, where the type has them
 * @param amount money, where the type has it
 * @param balance the account's balance afterwards, where the type has it and it is known
 * @param reason a stable code of why, where the type has one
 * @param until when it ends or is tried again, where that is known
 */
public record AutoRechargeEvent(
        String id,
        AccountId account,
        EventType type,
        Instant at,
        @Nullable String subject,
        @Nullable Credits credits,
        @Nullable Credits bonus,
        @Nullable Money amount,
        @Nullable Credits balance,
        @Nullable String reason,
        @Nullable Instant until) {
    /** A happening that has an account, a subject and nothing else yet. */
    public static AutoRechargeEvent of(EventType type, AccountId account, String key, Instant at) {
        return new AutoRechargeEvent(type + ":" + key, account, type, at, null, null, null, null, null, null, null);
    }

    public AutoRechargeEvent about(String value) {
        return new AutoRechargeEvent(id, account, type, at, value, credits, bonus, amount, balance, reason, until);
    }

    public AutoRechargeEvent bought(Credits paid, Credits promotional, Money price, Credits after) {
        return new AutoRechargeEvent(id, account, type, at, subject, paid, promotional, price, after, reason, until);
    }

    /** The same happening, where the balance afterwards is not known. */
    public AutoRechargeEvent withoutBalance() {
        return new AutoRechargeEvent(id, account, type, at, subject, credits, bonus, amount, null, reason, until);
    }

    public AutoRechargeEvent because(@Nullable String value) {
        return new AutoRechargeEvent(id, account, type, at, subject, credits, bonus, amount, balance, value, until);
    }

    public AutoRechargeEvent until(@Nullable Instant value) {
        return new AutoRechargeEvent(id, account, type, at, subject, credits, bonus, amount, balance, reason, value);
    }
}
