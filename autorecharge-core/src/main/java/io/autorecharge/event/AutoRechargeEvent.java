package io.autorecharge.event;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Something that happened to an account. It is stored in the transaction that caused it and delivered at least once; a listener that must not
 * act twice remembers the {@link #id}. Immutable.
 *
 * @param id unique; a repeated delivery has the same id
 * @param account the account it happened to
 * @param type what happened
 * @param at when it happened
 * @param subject the id of the recharge, checkout, attempt or (for reversals) the provider's charge; null when it is about the account
 * @param credits paid credits, where the type has them
 * @param bonus promotional credits, where the type has them
 * @param amount money, where the type has it
 * @param balance the account's balance afterwards, where the type has it and it is known
 * @param reason a stable code for the cause, where the type has one
 * @param until when it ends or is retried, where that is known
 * @param agreedPackage the package and the price that the user agreed to, where the type has it
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
        @Nullable Instant until,
        @Nullable AgreedPackage agreedPackage) {
    /** An event without an agreed package. */
    public AutoRechargeEvent(
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
        this(id, account, type, at, subject, credits, bonus, amount, balance, reason, until, null);
    }

    /** An event with only the required values. Its id consists of type and key. */
    public static AutoRechargeEvent of(EventType type, AccountId account, String key, Instant at) {
        return new AutoRechargeEvent(type + ":" + key, account, type, at, null, null, null, null, null, null, null);
    }

    public AutoRechargeEvent about(String value) {
        return new AutoRechargeEvent(
                id, account, type, at, value, credits, bonus, amount, balance, reason, until, agreedPackage);
    }

    public AutoRechargeEvent bought(Credits paid, Credits promotional, Money price, Credits after) {
        return new AutoRechargeEvent(
                id, account, type, at, subject, paid, promotional, price, after, reason, until, agreedPackage);
    }

    /** How far the balance may be below zero. */
    public AutoRechargeEvent overdraft(Credits most) {
        return new AutoRechargeEvent(id, account, type, at, subject, most, bonus, amount, balance, reason, until);
    }

    /** At most this amount will be charged. */
    public AutoRechargeEvent upTo(Money most, Credits now) {
        return new AutoRechargeEvent(id, account, type, at, subject, credits, bonus, most, now, reason, until);
    }

    public AutoRechargeEvent spent(Money value) {
        return new AutoRechargeEvent(id, account, type, at, subject, credits, bonus, value, balance, reason, until);
    }

    /** The same event, where the balance afterwards is not known. */
    public AutoRechargeEvent withoutBalance() {
        return new AutoRechargeEvent(
                id, account, type, at, subject, credits, bonus, amount, null, reason, until, agreedPackage);
    }

    public AutoRechargeEvent because(@Nullable String value) {
        return new AutoRechargeEvent(
                id, account, type, at, subject, credits, bonus, amount, balance, value, until, agreedPackage);
    }

    /** What the user agreed to: the most that one recharge may cost, and the version of the text. */
    public AutoRechargeEvent agreed(@Nullable Consent consent) {
        return consent == null
                ? this
                : new AutoRechargeEvent(
                        id,
                        account,
                        type,
                        at,
                        subject,
                        credits,
                        bonus,
                        consent.max(),
                        balance,
                        consent.version(),
                        until,
                        consent.bought());
    }

    /** What a package costs now, and what the user agreed to. */
    public AutoRechargeEvent costing(Credits paid, Credits promotional, Money price, @Nullable AgreedPackage before) {
        return new AutoRechargeEvent(
                id, account, type, at, subject, paid, promotional, price, balance, reason, until, before);
    }

    public AutoRechargeEvent until(@Nullable Instant value) {
        return new AutoRechargeEvent(
                id, account, type, at, subject, credits, bonus, amount, balance, reason, value, agreedPackage);
    }
}
