package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.Account;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.policy.BackOff;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Limits;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.PolicyUnusableException;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.CheckResult;
import io.autorecharge.report.Status;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.testkit.FakeGateway;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each account is charged by its own policy or not at all. */
class PolicySourceTest {
    private static final AccountId BRUNO = AccountId.of("bruno");
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "mastercard", "4444", "fp_2");
    private static final RechargePolicy STANDARD = RechargePolicy.ofDefaults(Rig.PACKAGES);

    /** In euros, one package, no bonus, at most 30 euros a month. */
    private static final RechargePolicy EUROS = RechargePolicy.builder(
                    PackageCatalog.of(new CreditPackage(200, Money.of("15.00", "EUR"))))
            .bonus(Bonus.none())
            .limits(Limits.ofDefaults().withCooldown(Duration.ZERO).withMonthlySpend(Money.of("30.00", "EUR")))
            .build();

    private final SettableClock clock = new SettableClock();
    private final InMemoryStore store = new InMemoryStore();
    private final FakeGateway gateway = new FakeGateway(clock);
    private final FakeCheckout checkout = new FakeCheckout();
    private final List<AutoRechargeEvent> events = new CopyOnWriteArrayList<>();
    private final AtomicLong nanos = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile Function<Account, RechargePolicy> source = account -> STANDARD;
    private final AutoRecharge library = AutoRecharge.builder(STANDARD, store, gateway)
            .policies(account -> {
                asked.incrementAndGet();
                return source.apply(account);
            })
            .checkout(checkout)
            .clock(clock)
            .monotonicClock(nanos::get)
            .listenerExecutor(Runnable::run)
            .listener(events::add)
            .callsPerSecond(100_000)
            .afterCommit(task -> {})
            .build();

    @AfterEach
    void close() {
        library.close();
    }

    private void enable(AccountId account, int credits) {
        library.grant(new Grant(account, Credits.of(1), Category.PAID, "start", "Start"));
        library.savePaymentMethod(account, Rig.cardOf(account));
        library.configure(account, new Settings(true, credits, Credits.of(10)), "v1");
    }

    private void useAllButOne(AccountId account, String reference) {
        library.debit(Debit.of(account, library.balance(account).minus(Credits.of(1)), reference, null));
    }

    private Recharge last(AccountId account) {
        return store.recharges(account, 1).get(0).recharge();
    }

    private void eurosForBruno() {
        source = account -> account.id().equals(BRUNO) ? EUROS : STANDARD;
    }

    @Test
    void two_accounts_are_charged_by_different_packages_prices_currencies_bonuses_and_limits() {
        eurosForBruno();
        enable(ALICE, 100);
        enable(BRUNO, 200);

        library.check(ALICE);
        library.check(BRUNO);

        assertThat(gateway.captures(ALICE))
                .extracting(FakeGateway.Capture::amount)
                .containsExactly(Money.of("9.00", "USD"));
        assertThat(gateway.captures(BRUNO))
                .extracting(FakeGateway.Capture::amount)
                .containsExactly(Money.of("15.00", "EUR"));
        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(library.balance(BRUNO)).isEqualTo(Credits.of(201));
        useAllButOne(BRUNO, "use-1");
        library.check(BRUNO);
        useAllButOne(BRUNO, "use-2");
        // 45 euros would exceed 30.
        assertThat(held(library.check(BRUNO))).isEqualTo(HoldReason.SPEND_LIMIT);
        Status status = library.status(BRUNO);
        assertThat(status.reason()).isEqualTo("SPEND_LIMIT");
        assertThat(status.spending().month().spent()).isEqualTo(Money.of("30.00", "EUR"));
        assertThat(library.status(ALICE).spending().month().limit()).isNull();
        assertThat(library.policy(BRUNO).orElseThrow().packages().sizes()).containsExactly(200);
        assertThat(library.policy(ALICE).orElseThrow().packages().sizes()).containsExactly(50, 100, 250, 500);
    }

    @Test
    void settings_previews_and_checkouts_follow_the_policy_of_their_account() {
        eurosForBruno();
        assertThatThrownBy(() -> library.configure(BRUNO, new Settings(true, 100, Credits.of(10)), "v1"))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> library.openCheckout(BRUNO, Agreement.none(), 100, null))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> library.preview(BRUNO, new Settings(true, 100, Credits.of(10))))
                .isInstanceOf(InvalidValueException.class);
        assertThat(library.preview(BRUNO, new Settings(true, 200, Credits.of(10)))
                        .max())
                .isEqualTo(Money.of("15.00", "EUR"));

        enable(BRUNO, 200);
        library.openCheckout(BRUNO, Agreement.to("v1"), 200, null);

        assertThat(checkout.requests)
                .last()
                .satisfies(it -> assertThat(it.price()).isEqualTo(Money.of("15.00", "EUR")));
        assertThat(store.find(BRUNO).orElseThrow().state().consent().max()).isEqualTo(Money.of("15.00", "EUR"));
        assertThat(library.preview(BRUNO))
                .isInstanceOfSatisfying(
                        Decision.Recharge.class, it -> assertThat(it.price()).isEqualTo(Money.of("15.00", "EUR")));
    }

    @Test
    void what_was_decided_is_charged_and_granted_although_the_policy_changes_before_it_is_settled() {
        enable(ALICE, 100);
        gateway.processNext();
        library.check(ALICE);
        source = account -> EUROS;
        AttemptId attempt = store.recharges(ALICE, 1).get(0).attempt().id();

        gateway.finish(attempt, true);
        clock.advance(Duration.ofHours(1));
        library.check(ALICE);

        assertThat(library.balance(ALICE)).isEqualTo(Credits.of(121));
        assertThat(last(ALICE).price()).isEqualTo(Money.of("9.00", "USD"));
        useAllButOne(ALICE, "use");
        assertThat(held(library.check(ALICE))).isEqualTo(HoldReason.PACKAGE_NOT_OFFERED);
    }

    @Test
    void a_backup_pays_the_price_that_was_decided_or_nothing() {
        enable(ALICE, 100);
        library.addPaymentMethod(ALICE, BACKUP);
        RechargePolicy cheaper =
                RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("8.00", "USD"))));
        gateway.decideBy(request -> {
            source = account -> cheaper;
            gateway.declineNext("insufficient_funds", Kind.SOFT);
        });

        library.check(ALICE);

        // The account would be charged less now, so the dearer recharge is not tried again.
        assertThat(gateway.requests()).hasSize(1);
    }

    private enum Fault {
        THROWS {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                throw new IllegalStateException("the plans are not loaded");
            }
        },
        OVERFLOWS {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                return answer(nanos);
            }
        },
        RETURNS_NULL {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                return null;
            }
        },
        IS_TOO_SLOW {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                nanos.addAndGet(Duration.ofMillis(1001).toNanos());
                return STANDARD;
            }
        },
        IS_TOO_CHEAP_FOR_THE_PROVIDER {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                return RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("0.01", "USD"))));
            }
        },
        IS_INCLUSIVE {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                return RechargePolicy.builder(Rig.PACKAGES)
                        .thresholdInclusive(true)
                        .build();
            }
        },
        HAS_ANOTHER_DEFAULT_THRESHOLD {
            @Override
            RechargePolicy answer(AtomicLong nanos) {
                return RechargePolicy.builder(Rig.PACKAGES)
                        .threshold(Credits.of(20))
                        .build();
            }
        };

        abstract RechargePolicy answer(AtomicLong nanos);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void a_policy_that_cannot_be_used_is_a_hold_everywhere_and_no_charge_by_another_policy(Fault fault) {
        enable(ALICE, 100);
        enable(BRUNO, 100);
        source = account -> account.id().equals(ALICE) ? fault.answer(nanos) : STANDARD;

        assertThat(held(library.check(ALICE))).isEqualTo(HoldReason.POLICY_UNUSABLE);
        library.check(ALICE);
        clock.advance(Duration.ofHours(2));
        assertThatCode(library::runOnce).doesNotThrowAnyException();
        assertThat(library.preview(ALICE))
                .isInstanceOfSatisfying(
                        Decision.Hold.class, it -> assertThat(it.reason()).isEqualTo(HoldReason.POLICY_UNUSABLE));
        Status status = library.status(ALICE);
        assertThat(status.state()).isEqualTo(Status.State.ACTIVE);
        assertThat(status.reason()).isEqualTo("POLICY_UNUSABLE");
        assertThat(status.nextTry()).isAfter(clock.instant());
        assertThat(library.policy(ALICE)).isEmpty();
        assertThatThrownBy(() -> library.openCheckout(ALICE, Agreement.none(), 100, null))
                .isInstanceOf(PolicyUnusableException.class)
                .hasMessageContaining("alice");
        assertThatThrownBy(() -> library.preview(ALICE, status.settings())).isInstanceOf(PolicyUnusableException.class);
        assertThatThrownBy(() -> library.configure(ALICE, status.settings(), "v1"))
                .isInstanceOf(PolicyUnusableException.class);

        assertThat(gateway.captures(ALICE)).isEmpty();
        assertThat(gateway.captures(BRUNO)).as("the other account is charged").hasSize(1);
        assertThat(events.stream().filter(it -> it.type() == EventType.RECHARGE_HELD))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.account()).isEqualTo(ALICE);
                    assertThat(it.reason()).isEqualTo("POLICY_UNUSABLE");
                });
        library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null);
        assertThat(library.status(ALICE).state()).isEqualTo(Status.State.OFF);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void what_is_under_way_is_settled_without_a_policy(Fault fault) {
        enable(ALICE, 100);
        library.addPaymentMethod(ALICE, BACKUP);
        gateway.decideBy(request -> {
            source = account -> fault.answer(nanos);
            gateway.declineNext("insufficient_funds", Kind.SOFT);
        });

        library.check(ALICE);

        assertThat(gateway.requests()).as("no backup is charged").hasSize(1);
        assertThat(last(ALICE).state()).isEqualTo(RechargeState.FAILED);
        assertThat(store.methods(ALICE).find("pm_1").orElseThrow().retryAt())
                .isEqualTo(clock.instant().plus(BackOff.ofDefaults().waitAfter(1)));
    }

    @Test
    void a_paid_checkout_is_granted_without_a_policy() {
        library.openCheckout(ALICE, Agreement.to("v1"), 100, null);
        source = account -> {
            throw new IllegalStateException("the plans are not loaded");
        };

        checkout.outcomes.put("cs_1", new CheckoutOutcome.Paid("pi_7", Money.of("9.00", "USD"), Rig.CARD));
        library.refreshCheckouts(ALICE);

        assertThat(library.balance(ALICE)).isGreaterThanOrEqualTo(Credits.of(100));
        assertThat(library.status(ALICE).settings().enabled()).isTrue();
    }

    @Test
    void a_policy_that_can_be_used_again_charges_at_the_next_check() {
        enable(ALICE, 100);
        source = account -> null;
        library.check(ALICE);
        source = account -> STANDARD;

        clock.advance(Duration.ofMinutes(5));
        library.runOnce();

        assertThat(gateway.captures(ALICE)).hasSize(1);
    }

    @Test
    void the_source_is_asked_a_few_times_for_a_charge() {
        enable(ALICE, 100);
        asked.set(0);

        library.check(ALICE);

        // Claim and settle, and the balance after the grant.
        assertThat(asked.get()).isBetween(1, 8);
    }

    private static HoldReason held(CheckResult result) {
        return ((CheckResult.Held) result).hold().reason();
    }
}
