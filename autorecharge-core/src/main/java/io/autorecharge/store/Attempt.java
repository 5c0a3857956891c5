package io.autorecharge.store;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to charge, recorded before it is sent.
 *
 * @param terms what is sent; never changes
 * @param progress how far it has come
 */
public record Attempt(AttemptTerms terms, AttemptProgress progress) {
    public AccountId account() {
        return terms.account();
    }

    public RechargeId recharge() {
        return terms.recharge();
    }

    public AttemptId id() {
        return terms.id();
    }

    public int number() {
        return terms.number();
    }

    public String customerId() {
        return terms.customerId();
    }

    public String paymentMethodId() {
        return terms.paymentMethodId();
    }

    public @Nullable String fingerprint() {
        return terms.fingerprint();
    }

    /** What the charged card is known by across accounts. */
    public String card() {
        String fingerprint = fingerprint();
        return fingerprint == null ? paymentMethodId() : fingerprint;
    }

    public Money amount() {
        return terms.amount();
    }

    public String description() {
        return terms.description();
    }

    public @Nullable InstallationId installation() {
        return terms.installation();
    }

    public AttemptState state() {
        return progress.state();
    }

    public int sends() {
        return progress.sends();
    }

    public int refusals() {
        return progress.refusals();
    }

    public int checks() {
        return progress.checks();
    }

    public boolean inDoubt() {
        return progress.inDoubt();
    }

    public Instant firstSentAt() {
        return progress.firstSentAt();
    }

    public Instant lastSentAt() {
        return progress.lastSentAt();
    }

    public Instant nextCheckAt() {
        return progress.nextCheckAt();
    }

    public @Nullable String providerReference() {
        return progress.providerReference();
    }

    public @Nullable String detail() {
        return progress.detail();
    }

    public @Nullable Instant closedAt() {
        return progress.closedAt();
    }

    /** The request that looks up this attempt. */
    public ChargeRequest lookUp() {
        return new ChargeRequest(
                account(),
                recharge(),
                id(),
                number(),
                customerId(),
                paymentMethodId(),
                amount(),
                description(),
                firstSentAt(),
                true,
                null,
                installation());
    }

    /** Recorded before it is sent once more; no other node checks it before {@code next}. */
    public Attempt sending(Instant at, Instant next) {
        return new Attempt(terms, progress.sending(at, next));
    }

    /** Still open after an answer that did not decide it. */
    public Attempt waiting(boolean stillInDoubt, Instant next, @Nullable String reference, String word) {
        return new Attempt(terms, progress.waiting(stillInDoubt, next, reference, word));
    }

    /** Still open after a send that the provider refused as such; nothing was carried out. */
    public Attempt refused(Instant next, String word) {
        return new Attempt(terms, progress.refused(next, word));
    }

    /** Recorded before it is looked up; no other node checks it before {@code next}. */
    public Attempt lookingUp(Instant next) {
        return new Attempt(terms, progress.lookingUp(next));
    }

    /** In a final state. */
    public Attempt in(AttemptState end, Instant at, @Nullable String reference, @Nullable String word) {
        return new Attempt(terms, progress.closed(end, at, reference, word));
    }
}
