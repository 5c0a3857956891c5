package io.autorecharge.testkit;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.Gateway;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.KeyMode;
import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.PaymentReversals;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.Reversal;
import io.autorecharge.gateway.ReversalNotice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Currency;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A scripted payment provider with its own record of captures, independent of the library's tables. As a real provider does, it stores the
 * answer to an idempotency key for 24 hours and repeats it; after that, the same key is a new charge. Approves by default. Safe for use by
 * many threads.
 */
public final class FakeGateway implements Gateway, PaymentHistoryGateway {
    private static final Duration KEY_LIFE = Duration.ofHours(24);

    private final Clock clock;
    private final Deque<Script> scripts = new ArrayDeque<>();
    private final Map<AttemptId, Remembered> keys = new HashMap<>();
    private final Map<AttemptId, Outcome> intents = new HashMap<>();
    private final List<Capture> captures = new ArrayList<>();
    private final List<ChargeRequest> requests = new ArrayList<>();
    private final Set<AttemptId> lookedUp = new HashSet<>();
    private final Set<AttemptId> cancelled = new HashSet<>();
    private final List<Notice> notices = new ArrayList<>();
    private final Map<String, List<Reversal>> reversals = new HashMap<>();
    private final Map<String, InstallationId> stamps = new HashMap<>();
    private int stampRequests;
    private @Nullable CustomerOwner stampFailure;
    private KeyMode mode = KeyMode.TEST;
    private boolean historyFails;
    private @Nullable Script standing;
    private LookUp.@Nullable Failed lookUpFailure;
    private Consumer<ChargeRequest> chooser = request -> {};

    /** @param clock decides when idempotency keys expire */
    public FakeGateway(Clock clock) {
        this.clock = clock;
    }

    /** A captured payment. */
    public record Capture(AccountId account, AttemptId attempt, String reference, Money amount, Instant at) {}

    private record Notice(ReversalNotice word, Instant at) {}

    private record Remembered(ChargeRequest request, Outcome answer, Instant at) {}

    /** What happens at the provider, and the answer to the caller. */
    private record Script(
            @Nullable Outcome effect, @Nullable Outcome answer, boolean answerIsStored) {
        Script(@Nullable Outcome effect, @Nullable Outcome answer) {
            this(effect, answer, false);
        }
    }

    /** The next charge is declined. */
    public void declineNext(String code, Kind kind) {
        next(new Script(new Outcome.Declined("pi_declined", code, kind), null));
    }

    /** The next charge is declined before the provider creates anything, as for a payment method that was removed. */
    public void declineWithoutChargeNext(String code) {
        next(new Script(
                new Outcome.Unknown("nothing was created"), new Outcome.Declined(null, code, Kind.METHOD_UNUSABLE)));
    }

    /** Every charge without a script is declined, until {@link #approveAll}. */
    public synchronized void declineAll(String code, Kind kind) {
        standing = new Script(new Outcome.Declined("pi_declined", code, kind), null);
    }

    /** Every charge without a script is rejected before it is executed, until {@link #approveAll}. */
    public synchronized void refuseAll(Reason reason) {
        standing = new Script(new Outcome.NotSubmitted(reason, "refused by the test"), null);
    }

    /** Charges without a script are approved again. */
    public synchronized void approveAll() {
        standing = null;
    }

    /** The next charge requires authentication. */
    public void requireActionNext() {
        next(new Script(new Outcome.ActionRequired("pi_action", "authentication_required"), null));
    }

    /** The next charge stays in processing until {@link #finish}. */
    public void processNext() {
        next(new Script(new Outcome.Processing("pi_processing"), null));
    }

    /** The next charge is captured, but the answer never arrives. */
    public void timeOutAfterCaptureNext() {
        next(new Script(null, new Outcome.Unknown("read timed out")));
    }

    /** The next request never arrives, and the caller does not know. */
    public void timeOutBeforeCaptureNext() {
        next(new Script(new Outcome.Unknown("never arrived"), new Outcome.Unknown("connection reset")));
    }

    /** The next charge ends with a server error, which the provider stores under the key. @param captured whether money was captured */
    public void storeErrorNext(boolean captured) {
        Outcome error = new Outcome.Unknown("500");
        next(new Script(captured ? null : error, error, true));
    }

    /** Called before a new key is charged and no script is left; may script that charge. */
    public synchronized void decideBy(Consumer<ChargeRequest> value) {
        chooser = value;
    }

    /** Whether a charge for this attempt would get a stored answer. */
    public synchronized boolean remembers(AttemptId attempt) {
        Remembered before = keys.get(attempt);
        return before != null && clock.instant().isBefore(before.at().plus(KEY_LIFE));
    }

    /** The next charge is rejected before it is executed. */
    public void refuseNext(Reason reason) {
        next(new Script(new Outcome.NotSubmitted(reason, "refused by the test"), null));
    }

    /** Every look-up fails until {@link #answerLookUps}. */
    public synchronized void failLookUps(boolean configuration) {
        lookUpFailure = new LookUp.Failed(configuration, "failed by the test");
    }

    /** Refunds a payment; the library sees it only when it reads the payment history. @return the id of the refund */
    public synchronized String refund(String reference, Money amount) {
        List<Reversal> all = reversals.computeIfAbsent(reference, any -> new ArrayList<>());
        String id = "re_" + reference + "_" + (all.size() + 1);
        all.add(new Reversal(id, Reversal.Kind.REFUND, amount, new Money(0, amount.currency())));
        notices.add(new Notice(
                new ReversalNotice("evt_" + (notices.size() + 1), "refund.created", reference), clock.instant()));
        return id;
    }

    /** The card network reports a payment as fraud; the library sees it only when it reads the payment history. */
    public synchronized void warn(String reference, String warning) {
        notices.add(new Notice(
                new ReversalNotice(
                        "evt_" + (notices.size() + 1), "radar.early_fraud_warning.created", reference, warning),
                clock.instant()));
    }

    /** Whether reading the payment history fails. */
    public synchronized void failPaymentHistory(boolean closed) {
        historyFails = closed;
    }

    @Override
    public synchronized List<ReversalNotice> reversalsSince(Instant since) {
        requireHistory();
        return notices.stream()
                .filter(it -> !it.at().isBefore(since))
                .map(Notice::word)
                .toList();
    }

    @Override
    public synchronized Optional<ProviderReport.Reversal> reversalsOf(String providerReference) {
        requireHistory();
        return captures.stream()
                .filter(it -> it.reference().equals(providerReference))
                .findFirst()
                .map(it -> new ProviderReport.Reversal(
                        it.account(),
                        new PaymentReversals(
                                providerReference,
                                sent(it.attempt()).customerId(),
                                it.amount(),
                                reversals.getOrDefault(providerReference, List.of())),
                        new ProviderReport.Origin(it.attempt(), null),
                        sent(it.attempt()).installation(),
                        null));
    }

    /** Charges only: this provider has no checkout. */
    @Override
    public synchronized PaymentHistory paymentsSince(Instant since) {
        requireHistory();
        return new PaymentHistory(
                intents.entrySet().stream()
                        .map(it -> booked(keys.get(it.getKey()), it.getValue()))
                        .filter(it -> !it.at().isBefore(since))
                        .toList(),
                List.of(),
                List.of(),
                0);
    }

    private static PaymentHistory.Charge booked(Remembered sent, Outcome now) {
        ChargeRequest request = sent.request();
        String reference = now instanceof Outcome.Paid paid ? paid.providerReference() : "pi_of_" + request.attempt();
        return new PaymentHistory.Charge(
                request.account(),
                request.recharge(),
                request.attempt(),
                request.number(),
                reference,
                request.customerId(),
                request.paymentMethodId(),
                null,
                request.amount(),
                now instanceof Outcome.Paid,
                sent.at(),
                request.terms(),
                request.installation());
    }

    private ChargeRequest sent(AttemptId attempt) {
        return requests.stream()
                .filter(it -> it.attempt().equals(attempt))
                .findFirst()
                .orElseThrow();
    }

    private void requireHistory() {
        if (historyFails) {
            throw new GatewayException(false, "failed by the test", null);
        }
    }

    /** Ends {@link #failLookUps}. */
    public synchronized void answerLookUps() {
        lookUpFailure = null;
    }

    private synchronized void next(Script script) {
        scripts.add(script);
    }

    /** Ends a charge that was in processing. @return what a webhook would report */
    public synchronized Outcome finish(AttemptId attempt, boolean paid) {
        Remembered known = keys.get(attempt);
        if (known == null) {
            throw new IllegalArgumentException("attempt was never charged: " + attempt);
        }
        Outcome end =
                paid ? capture(known.request()) : new Outcome.Declined("pi_processing", "debit_failed", Kind.SOFT);
        intents.put(attempt, end);
        return end;
    }

    /**
     * The customer authenticates a charge. A real adapter cancels such a charge before it returns it from a look-up; this one cancels it during
     * the look-up, so that tests notice code that depends on the difference.
     *
     * @return false if no charge of the attempt requires authentication, or it was cancelled
     */
    public synchronized boolean authenticate(AttemptId attempt) {
        if (!(intents.get(attempt) instanceof Outcome.ActionRequired) || cancelled.contains(attempt)) {
            return false;
        }
        finish(attempt, true);
        return true;
    }

    @Override
    public synchronized Outcome charge(ChargeRequest request) {
        requests.add(request);
        Remembered before = keys.get(request.attempt());
        if (before != null && remembers(request.attempt())) {
            return sameParameters(before.request(), request)
                    ? before.answer()
                    : new Outcome.Unknown("the key was used with other parameters");
        }
        if (scripts.isEmpty()) {
            chooser.accept(request);
        }
        Script script = scripts.isEmpty() ? standing : scripts.poll();
        Outcome effect = script == null || script.effect() == null ? capture(request) : script.effect();
        Outcome answer = script == null || script.answer() == null ? effect : script.answer();
        boolean stored = script != null && script.answerIsStored();
        boolean executed = !(effect instanceof Outcome.Unknown) && !(effect instanceof Outcome.NotSubmitted);
        if (executed || stored) {
            keys.put(request.attempt(), new Remembered(request, stored ? answer : effect, clock.instant()));
        }
        if (executed) {
            intents.put(request.attempt(), effect);
        }
        return answer instanceof Outcome.NotSubmitted refused && request.inDoubt()
                ? new Outcome.Unknown(refused.detail())
                : answer;
    }

    private static boolean sameParameters(ChargeRequest a, ChargeRequest b) {
        return a.number() == b.number()
                && a.customerId().equals(b.customerId())
                && a.paymentMethodId().equals(b.paymentMethodId())
                && a.amount().equals(b.amount())
                && a.description().equals(b.description())
                && Objects.equals(a.terms(), b.terms())
                && Objects.equals(a.installation(), b.installation());
    }

    private Outcome capture(ChargeRequest request) {
        String reference = "pi_" + (captures.size() + 1);
        captures.add(new Capture(request.account(), request.attempt(), reference, request.amount(), clock.instant()));
        return new Outcome.Paid(reference, request.amount());
    }

    @Override
    public synchronized LookUp lookUp(ChargeRequest request) {
        lookedUp.add(request.attempt());
        if (lookUpFailure != null) {
            return lookUpFailure;
        }
        Outcome found = intents.get(request.attempt());
        if (found instanceof Outcome.ActionRequired) {
            cancelled.add(request.attempt());
        }
        return found == null ? new LookUp.Absent() : new LookUp.Found(found);
    }

    /** The outcome of an attempt by the provider's own record. Has no side effects. */
    public synchronized Optional<Outcome> known(AttemptId attempt) {
        return Optional.ofNullable(intents.get(attempt));
    }

    @Override
    public synchronized CustomerOwner stampCustomer(String customerId, InstallationId installation) {
        stampRequests++;
        if (stampFailure != null) {
            return stampFailure;
        }
        return stamps.computeIfAbsent(customerId, any -> installation).equals(installation)
                ? CustomerOwner.OURS
                : CustomerOwner.OTHERS;
    }

    /** Whose the customers are: the id of an installation by customer. */
    public synchronized Map<String, InstallationId> stamps() {
        return stamps;
    }

    /** How often it was asked whose a customer is. */
    public synchronized int stampRequests() {
        return stampRequests;
    }

    /** How it is answered whose a customer is; null as the customers say. */
    public synchronized void answerStamps(@Nullable CustomerOwner answer) {
        stampFailure = answer;
    }

    @Override
    public synchronized KeyMode mode() {
        return mode;
    }

    /** Whether the key moves real money; it does not by default. */
    public synchronized void setMode(KeyMode value) {
        mode = value;
    }

    @Override
    public Money minimumCharge(Currency currency) {
        return new Money(50, currency);
    }

    @Override
    public Money maximumCharge(Currency currency) {
        return new Money(99_999_999_999L, currency);
    }

    /** All captures, in order. */
    public synchronized List<Capture> captures() {
        return List.copyOf(captures);
    }

    /** The captures of one account, in order. */
    public synchronized List<Capture> captures(AccountId account) {
        return captures.stream().filter(c -> c.account().equals(account)).toList();
    }

    /** All charge requests, in order. */
    public synchronized List<ChargeRequest> requests() {
        return List.copyOf(requests);
    }

    /** Whether this attempt was ever looked up. */
    public synchronized boolean wasLookedUp(AttemptId attempt) {
        return lookedUp.contains(attempt);
    }
}
