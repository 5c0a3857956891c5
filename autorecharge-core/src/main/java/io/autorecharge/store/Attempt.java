package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One call to the provider, written before it is made. What is sent is frozen here, so that a second send is the same to the letter.
 *
 * @param account whose
 * @param recharge which decision it serves
 * @param id ours, and the idempotency key
 * @param number 1, 2 … within the recharge
 * @param customerId sent
 * @param paymentMethodId sent
 * @param fingerprint of the card, null when unknown
 * @param amount sent
 * @param description sent
 * @param state where it stands
 * @param sends how often it was, or may have been, sent
 * @param checks how often it was looked at since without a final answer; sets the pace of the next look
 * @param inDoubt whether some send may have had an effect that we have not seen; set before every send, cleared by a clear answer
 * @param firstSentAt when it may first have been sent: the key's life counts from here
 * @param lastSentAt when it may last have been sent
 * @param nextCheckAt when to look at it again; until then its sender may be waiting for the answer
 * @param providerReference the provider's id of the charge, as soon as it is known
 * @param detail the provider's last word: a decline code, or what went wrong
 * @param closedAt when it left {@code OPEN}
 */
public record Attempt(
        AccountId account,
        RechargeId recharge,
        AttemptId id,
        int number,
        String customerId,
        String paymentMethodId,
        @Nullable String fingerprint,
        Money amount,
        String description,
        AttemptState state,
        int sends,
        int checks,
        boolean inDoubt,
        Instant firstSentAt,
        Instant lastSentAt,
        Instant nextCheckAt,
        @Nullable String providerReference,
        @Nullable String detail,
        @Nullable Instant closedAt) {

    /** The request to look this attempt up. */
    public ChargeRequest lookUp() {
        return new ChargeRequest(
                account, recharge, id, customerId, paymentMethodId, amount, description, firstSentAt, true);
    }

    /** About to be sent once more. */
    public Attempt sending(Instant at, Instant nextLook) {
        return with(
                state, sends + 1, checks, true, sends == 0 ? at : firstSentAt, at, nextLook, null, detail, closedAt);
    }

    /** Still open after an answer that did not end it. */
    public Attempt waiting(boolean stillInDoubt, Instant nextLook, @Nullable String reference, String word) {
        return with(
                state, sends, checks + 1, stillInDoubt, firstSentAt, lastSentAt, nextLook, reference, word, closedAt);
    }

    /** About to be looked up; nobody else looks before {@code nextLook}. */
    public Attempt lookingUp(Instant nextLook) {
        return with(state, sends, checks, inDoubt, firstSentAt, lastSentAt, nextLook, null, detail, closedAt);
    }

    /** Decided. */
    public Attempt in(AttemptState next, Instant at, @Nullable String reference, @Nullable String word) {
        return with(next, sends, checks, false, firstSentAt, lastSentAt, nextCheckAt, reference, word, at);
    }

    /** What is sent never changes; a provider's reference that is known is not forgotten. */
    private Attempt with(
            AttemptState newState,
            int newSends,
            int newLooks,
            boolean doubt,
            Instant first,
            Instant last,
            Instant nextLook,
            @Nullable String reference,
            @Nullable String word,
            @Nullable Instant closed) {
        return new Attempt(
                account,
                recharge,
                id,
                number,
                customerId,
                paymentMethodId,
                fingerprint,
                amount,
                description,
                newState,
                newSends,
                newLooks,
                doubt,
                first,
                last,
                nextLook,
                reference == null ? providerReference : reference,
                word,
                closed);
    }
}
