package io.autorecharge.internal.restore;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.PaymentHistory.Charge;
import io.autorecharge.gateway.PaymentHistory.Session;
import io.autorecharge.gateway.PaymentHistoryGateway;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.gateway.ReversalNotice;
import io.autorecharge.internal.installation.ReportOwnership;
import io.autorecharge.internal.installation.Settled;
import io.autorecharge.internal.pacing.RateLimiter;
import io.autorecharge.internal.reversal.ReversalPoller;
import io.autorecharge.report.Reconciliation;
import io.autorecharge.report.Reconciliation.Concern;
import io.autorecharge.report.Reconciliation.Reason;
import io.autorecharge.store.UnknownAccountException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares a restored database with the provider's payment history and restores what it lacks: charges first, since checkouts may pay
 * their recharges, then checkouts, then refunds and disputes. Outcomes are settled as always, so it may be repeated, and no credits are
 * granted twice. Other nodes should be stopped: they may charge again before the run has finished.
 */
public final class Reconciler {
    /** A backup may be slightly older than stated, and clocks differ. */
    public static final Duration SLACK = Duration.ofHours(1);

    private static final Logger log = LoggerFactory.getLogger(Reconciler.class);

    private final PaymentHistoryGateway history;
    private final ChargeRestorer.Factory charges;
    private final @Nullable CheckoutRestorer checkouts;
    private final Function<ProviderReport, Settled> settle;
    private final ReportOwnership ownership;
    private final RateLimiter rateLimiter;
    private final Duration failedRecharges;
    private final Clock clock;

    /**
     * @param checkouts null where there are no checkouts
     * @param failedRecharges how long failed recharges are kept; zero for ever
     */
    public Reconciler(
            PaymentHistoryGateway history,
            ChargeRestorer.Factory charges,
            @Nullable CheckoutRestorer checkouts,
            Function<ProviderReport, Settled> settle,
            ReportOwnership ownership,
            RateLimiter rateLimiter,
            Duration failedRecharges,
            Clock clock) {
        this.history = history;
        this.charges = charges;
        this.checkouts = checkouts;
        this.settle = settle;
        this.ownership = ownership;
        this.rateLimiter = rateLimiter;
        this.failedRecharges = failedRecharges;
        this.clock = clock;
    }

    /** @throws GatewayException when the payment history cannot be read to its end; what was restored until then stays */
    public Reconciliation since(Instant restoredTo) {
        Instant now = clock.instant();
        if (restoredTo.isAfter(now)) {
            throw new InvalidValueException("restoredTo", restoredTo, "must not be after now, " + now);
        }
        if (restoredTo.isBefore(Instant.EPOCH)) {
            throw new InvalidValueException("restoredTo", restoredTo, "must not be before " + Instant.EPOCH);
        }
        if (!failedRecharges.isZero() && restoredTo.isBefore(now.minus(failedRecharges))) {
            throw new InvalidValueException(
                    "restoredTo",
                    restoredTo,
                    "must not be before " + now.minus(failedRecharges) + ", since older failed recharges are not kept");
        }
        Instant from = restoredTo.minus(SLACK);
        log.info("Reconciling with the provider's payment history since {}", from);
        rateLimiter.acquire();
        PaymentHistory payments = history.paymentsSince(from);
        Map<Finding.Kind, Integer> counts = new EnumMap<>(Finding.Kind.class);
        ConcernList concerns = new ConcernList();
        findings(payments).forEach(finding -> {
            counts.merge(finding.kind(), 1, Integer::sum);
            if (finding.concern() != null) {
                concerns.add(finding.concern());
            }
        });
        payments.unreadable().forEach(id -> concerns.add(new Concern(Reason.UNREADABLE, null, id, "its metadata")));
        int reversed = reversals(from, now, concerns);
        Reconciliation result = new Reconciliation(
                from,
                payments.charges().size() + payments.sessions().size(),
                counts.getOrDefault(Finding.Kind.KNOWN, 0),
                counts.getOrDefault(Finding.Kind.GRANTED, 0),
                counts.getOrDefault(Finding.Kind.OPEN, 0),
                counts.getOrDefault(Finding.Kind.UNPAID, 0),
                payments.others(),
                reversed,
                concerns.toList());
        log(result);
        return result;
    }

    private List<Finding> findings(PaymentHistory payments) {
        Set<AttemptId> recovered = payments.sessions().stream()
                .map(Session::terms)
                .filter(Objects::nonNull)
                .map(terms -> terms.recovers())
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        ChargeRestorer restorer = charges.of(new LostAttempts(
                payments.charges().stream().filter(it -> it.number() > 1).filter(ownership::isOurs)));
        List<Finding> findings = new ArrayList<>();
        payments.charges().stream()
                .sorted(Comparator.comparing(Charge::at).thenComparing(Charge::number))
                .forEach(it -> findings.add(restored(
                        () -> ownership.isOurs(it)
                                ? restorer.restore(it, recovered.contains(it.attempt()))
                                : Finding.concern(it, unclaimed(it.installation()), others(it.installation())),
                        (reason, e) -> Finding.concern(it, reason, e))));
        payments.sessions().stream()
                .sorted(Comparator.comparing(Session::at))
                .forEach(it -> findings.add(restored(
                        () -> ownership.isOurs(it)
                                ? checkout(it)
                                : Finding.concern(it, unclaimed(it.installation()), others(it.installation())),
                        (reason, e) -> Finding.concern(it, reason, e))));
        return findings;
    }

    private static Reason unclaimed(@Nullable InstallationId carried) {
        return carried == null ? Reason.UNCLAIMED : Reason.OTHER_INSTALLATION;
    }

    private static String others(@Nullable InstallationId carried) {
        return carried == null ? "it carries no installation, and is unknown here" : "installation " + carried;
    }

    private Finding checkout(Session session) {
        return checkouts == null
                ? Finding.concern(session, Reason.UNREADABLE, "this application has no checkouts")
                : checkouts.restore(session);
    }

    /** An account whose payment cannot be restored must not prevent the restoration of others. */
    private static Finding restored(Supplier<Finding> restore, BiFunction<Reason, String, Finding> concern) {
        try {
            return restore.get();
        } catch (UnknownAccountException e) {
            return concern.apply(Reason.ACCOUNT_UNKNOWN, String.valueOf(e.getMessage()));
        } catch (ArithmeticException | IllegalArgumentException e) {
            return concern.apply(Reason.DOES_NOT_FIT, String.valueOf(e.getMessage()));
        }
    }

    private int reversals(Instant from, Instant now, ConcernList concerns) {
        Instant farthest = now.minus(ReversalPoller.FARTHEST);
        if (from.isBefore(farthest)) {
            concerns.add(new Concern(
                    Reason.REVERSALS_FORGOTTEN, null, farthest.toString(), "refunds and disputes before this time"));
        }
        rateLimiter.acquire();
        Map<String, List<ReversalNotice>> payments = history.reversalsSince(from).stream()
                .collect(Collectors.groupingBy(
                        ReversalNotice::providerReference, LinkedHashMap::new, Collectors.toList()));
        int settled = 0;
        for (Map.Entry<String, List<ReversalNotice>> payment : payments.entrySet()) {
            settled += reversal(payment.getKey(), payment.getValue(), concerns) ? 1 : 0;
        }
        return settled;
    }

    private boolean reversal(String payment, List<ReversalNotice> notices, ConcernList concerns) {
        try {
            rateLimiter.acquire();
            Optional<ProviderReport.Reversal> found =
                    history.reversalsOf(payment).map(it -> it.warnedBy(notices));
            if (found.isEmpty()) {
                return false;
            }
            AccountId account = found.get().account();
            Settled settled = settle.apply(found.get());
            if (settled == Settled.APPLIED) {
                return true;
            }
            if (settled == Settled.OTHERS) {
                // The payment itself is among the concerns already, if it is of this time.
                return false;
            }
            concerns.add(new Concern(
                    settled == Settled.UNCLAIMED ? Reason.UNCLAIMED : Reason.PAYMENT_UNKNOWN,
                    account,
                    payment,
                    found.get().reversals().reversals().toString()));
        } catch (GatewayException e) {
            concerns.add(new Concern(Reason.NOT_ANSWERED, null, payment, String.valueOf(e.getMessage())));
        } catch (UnknownAccountException e) {
            concerns.add(new Concern(Reason.ACCOUNT_UNKNOWN, null, payment, String.valueOf(e.getMessage())));
        } catch (ArithmeticException | IllegalArgumentException e) {
            concerns.add(new Concern(Reason.DOES_NOT_FIT, null, payment, String.valueOf(e.getMessage())));
        }
        return false;
    }

    private static void log(Reconciliation it) {
        log.info(
                "Reconciled since {}: {} of this installation, {} known, {} granted, {} open, {} unpaid; {} of others; {} refunded or disputed",
                it.from(),
                it.seen(),
                it.known(),
                it.granted(),
                it.open(),
                it.unpaid(),
                it.others(),
                it.reversed());
        for (Concern concern : it.concerns()) {
            log.error(
                    "Needs a decision: {} account={} {}: {}",
                    concern.reason(),
                    concern.account(),
                    concern.reference(),
                    concern.detail());
        }
        log.info(
                it.isComplete() ? "Nothing needs a decision." : "{} need a decision.",
                it.concerns().size());
    }
}
