package io.autorecharge.internal.schedule;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.internal.thread.LibraryThreads;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.Timing;
import io.autorecharge.report.CheckResult;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.StoreException;
import io.autorecharge.store.Trigger;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.Race;
import io.autorecharge.testkit.SettableClock;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** The due accounts of a store, and workers whose checks a test holds and releases. */
class DueAccountPollerTest {
    private static final FailureLog FAILURES =
            new FailureLog(LoggerFactory.getLogger(DueAccountPollerTest.class), System::nanoTime);

    private static final long PATIENCE_SECONDS = 30;
    private static final Timing TIMING = Timing.ofDefaults();

    private final SettableClock clock = new SettableClock();
    private final InMemoryStore store = new InMemoryStore();
    private final RunReportBuilder report = new RunReportBuilder();
    private final Race threads = new Race();
    private final List<AccountId> started = new CopyOnWriteArrayList<>();
    private final Semaphore starts = new Semaphore(0);
    private final Semaphore held = new Semaphore(0);
    private final List<AccountWorkers> open = new ArrayList<>();

    @AfterEach
    void close() {
        held.release(10_000);
        open.forEach(AccountWorkers::close);
        threads.close();
    }

    private static AccountId account(int number) {
        return AccountId.of("user-" + number);
    }

    /** Accounts that have been due for a while, the first for longest. */
    private void due(int accounts) {
        for (int i = 0; i < accounts; i++) {
            store.markDue(account(i), clock.instant().minusSeconds(accounts - i));
        }
    }

    private int stillDue() {
        return store.countDue(clock.instant(), 10_000);
    }

    private DueAccountPoller poller(int concurrency, Consumer<AccountId> check) {
        return poller(store, concurrency, check);
    }

    private DueAccountPoller poller(RechargeStore from, int concurrency, Consumer<AccountId> check) {
        return new DueAccountPoller(from, workers(concurrency, check), concurrency, TIMING, false, clock);
    }

    private AccountWorkers workers(int concurrency, Consumer<AccountId> check) {
        AccountWorkers workers = new AccountWorkers(
                LibraryThreads.pool(concurrency),
                true,
                (account, trigger) -> {
                    started.add(account);
                    starts.release();
                    check.accept(account);
                    return new CheckResult.Held(account, Decision.Hold.because(HoldReason.DISABLED));
                },
                FAILURES);
        open.add(workers);
        return workers;
    }

    /** Ends when the test releases it. */
    private void hold(AccountId account) {
        held.acquireUninterruptibly();
    }

    private static void await(CountDownLatch latch) {
        assertThat(within(latch::await)).isTrue();
    }

    private void awaitStarts(int checks) throws InterruptedException {
        assertThat(starts.tryAcquire(checks, PATIENCE_SECONDS, TimeUnit.SECONDS))
                .as("%d more checks start, after %s", checks, started)
                .isTrue();
    }

    private interface Wait {
        boolean until(long time, TimeUnit unit) throws InterruptedException;
    }

    private static boolean within(Wait wait) {
        try {
            return wait.until(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private Future<Void> inBackground(Runnable poll) {
        return threads.start(() -> {
            poll.run();
            return null;
        });
    }

    /** A store that answers {@code takeDue} in another way. */
    private RechargeStore taking(UnaryOperator<List<AccountId>> change) {
        return (RechargeStore) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {RechargeStore.class}, (proxy, method, values) -> {
                    try {
                        Object result = method.invoke(store, values);
                        return method.getName().equals("takeDue") ? change.apply(accounts(result)) : result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }

    @SuppressWarnings("unchecked")
    private static List<AccountId> accounts(Object result) {
        return (List<AccountId>) result;
    }

    @ParameterizedTest(name = "concurrency {0}")
    @ValueSource(ints = {2, 8, 64})
    void a_slow_account_holds_back_no_other_account(int concurrency) {
        due(200);
        CountDownLatch others = new CountDownLatch(199);
        DueAccountPoller poller = poller(concurrency, account -> {
            if (account.equals(account(0))) {
                hold(account);
            } else {
                others.countDown();
            }
        });

        Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));

        await(others);
        assertThat(polling).isNotDone();
        held.release();
        Race.result(polling);
        assertThat(report.report().held()).isEqualTo(200);
    }

    @ParameterizedTest(name = "concurrency {0}")
    @ValueSource(ints = {1, 8, 64, 100})
    void the_number_of_accounts_in_flight_reaches_the_concurrency_and_stays_there(int concurrency)
            throws InterruptedException {
        due(2 * concurrency + 10);
        DueAccountPoller poller = poller(concurrency, this::hold);

        Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));

        awaitStarts(concurrency);
        for (int done = 0; done < concurrency + 10; done++) {
            held.release();
            awaitStarts(1);
        }
        assertThat(starts.availablePermits()).isZero();
        held.release(concurrency);
        Race.result(polling);
    }

    @Test
    void a_request_during_a_check_leads_to_another_check() throws InterruptedException {
        AccountWorkers workers = workers(2, this::hold);
        workers.checkSoon(account(1), Trigger.BALANCE);
        awaitStarts(1);

        workers.checkSoon(account(1), Trigger.BALANCE);

        awaitStarts(1);
        assertThat(started).containsExactly(account(1), account(1));
    }

    @Test
    void no_account_is_leased_before_a_worker_is_free_for_it() throws InterruptedException {
        due(10);
        DueAccountPoller poller = poller(3, this::hold);

        Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));

        awaitStarts(3);
        assertThat(stillDue()).isEqualTo(7);
        held.release(10);
        Race.result(polling);
        assertThat(stillDue()).isZero();
    }

    @Test
    void a_failing_check_uses_up_no_worker_and_stops_no_other_account() {
        due(20);
        DueAccountPoller poller = poller(1, account -> {
            if (account.equals(account(3)) || account.equals(account(7))) {
                throw new LinkageError("broken by the test");
            }
        });

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));

        assertThat(report.report().failed()).isEqualTo(2);
        assertThat(report.report().held()).isEqualTo(18);
    }

    @Test
    void a_batch_that_is_shorter_than_asked_for_is_not_the_last_one() {
        due(200);
        AccountId unreadable = account(5);
        DueAccountPoller poller = poller(
                taking(taken ->
                        taken.stream().filter(it -> !it.equals(unreadable)).toList()),
                8,
                account -> {});

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));

        assertThat(report.report().held()).isEqualTo(199);
    }

    @Test
    void ids_that_can_never_be_read_leave_every_worker_to_the_other_accounts() throws InterruptedException {
        DueAccountPoller poller = poller(
                taking(taken -> taken.stream()
                        .filter(it -> it.value().startsWith("user"))
                        .toList()),
                4,
                this::hold);
        for (int run = 0; run < 10; run++) {
            store.markDue(AccountId.of("unreadable"), clock.instant());
            due(4);
            Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));

            awaitStarts(4);
            held.release(4);
            Race.result(polling);
            clock.advance(TIMING.lease());
        }
    }

    @Test
    void an_account_that_becomes_due_during_a_poll_is_left_to_the_next_one() {
        due(1);
        AtomicBoolean first = new AtomicBoolean(true);
        DueAccountPoller poller = poller(1, account -> {
            if (first.getAndSet(false)) {
                clock.advance(Duration.ofMillis(1));
                store.markDue(account(7), clock.instant());
            }
        });

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));
        assertThat(started).containsExactly(account(0));

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));
        assertThat(started).containsExactly(account(0), account(7));
    }

    @Test
    void an_account_whose_lease_ends_during_a_poll_is_not_checked_twice_by_it() {
        due(3);
        DueAccountPoller poller =
                poller(1, account -> clock.advance(TIMING.lease().plusSeconds(1)));

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));

        assertThat(started).containsExactly(account(0), account(1), account(2));
    }

    @Test
    void a_query_that_fails_uses_up_no_worker() {
        due(5);
        AtomicBoolean broken = new AtomicBoolean(true);
        DueAccountPoller poller = poller(
                taking(taken -> {
                    if (broken.get()) {
                        throw new StoreException(true, "broken by the test", null);
                    }
                    return taken;
                }),
                1,
                account -> {});
        assertThatThrownBy(() -> poller.pollToTheEnd(report)).isInstanceOf(StoreException.class);
        broken.set(false);
        clock.advance(TIMING.lease());

        Race.result(inBackground(() -> poller.pollToTheEnd(report)));

        assertThat(report.report().held()).isEqualTo(5);
    }

    @Test
    void an_interrupted_poll_ends_and_the_next_one_has_every_worker() throws InterruptedException {
        due(3);
        DueAccountPoller poller = poller(1, this::hold);
        AtomicBoolean interrupted = new AtomicBoolean();
        Thread polling = new Thread(() -> {
            poller.pollToTheEnd(report);
            interrupted.set(Thread.currentThread().isInterrupted());
        });
        polling.setDaemon(true);
        polling.start();
        awaitStarts(1);

        polling.interrupt();
        polling.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));

        assertThat(polling.isAlive()).isFalse();
        assertThat(interrupted).isTrue();
        assertThat(stillDue()).as("left to the next poll").isEqualTo(2);
        held.release(3);
        Race.result(inBackground(() -> poller.pollToTheEnd(report)));
        assertThat(started).containsExactly(account(0), account(1), account(2));
    }

    @Test
    void a_poll_that_is_interrupted_while_it_waits_for_more_workers_gives_back_the_one_it_has() throws Exception {
        int concurrency = 32;
        due(concurrency - 1);
        DueAccountPoller poller = poller(concurrency, this::hold);
        poller.poll(report);
        awaitStarts(concurrency - 1);

        for (int i = 0; i < 10; i++) {
            Thread polling = new Thread(() -> poller.poll(report));
            polling.setDaemon(true);
            polling.start();
            while (polling.isAlive() && polling.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
            polling.interrupt();
            polling.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
            assertThat(polling.isAlive()).isFalse();
        }

        store.markDue(account(1000), clock.instant());
        inBackground(() -> poller.poll(report));
        awaitStarts(1);
        assertThat(started).last().isEqualTo(account(1000));
    }

    @Test
    void a_poll_ends_when_the_workers_are_closed_and_leases_nothing_more() throws InterruptedException {
        due(3);
        AccountWorkers workers = workers(1, this::hold);
        DueAccountPoller poller = new DueAccountPoller(store, workers, 1, TIMING, false, clock);
        Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));
        awaitStarts(1);

        Future<Void> closing = inBackground(workers::close);
        while (!workers.isClosed()) {
            Thread.onSpinWait();
        }
        held.release(3);

        Race.result(polling);
        Race.result(closing);
        assertThat(started).containsExactly(account(0));
        assertThat(stillDue()).as("left to other nodes").isEqualTo(2);
    }

    @Test
    void a_store_that_takes_more_accounts_than_asked_for_is_an_error_and_costs_no_worker() {
        due(3);
        AtomicBoolean greedy = new AtomicBoolean(true);
        DueAccountPoller poller = poller(
                taking(due -> greedy.getAndSet(false)
                        ? IntStream.range(0, 100)
                                .mapToObj(DueAccountPollerTest::account)
                                .toList()
                        : due),
                4,
                account -> {});

        assertThatThrownBy(() -> poller.pollToTheEnd(report))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("100 due accounts");
        assertThat(started).isEmpty();

        clock.advance(TIMING.lease());
        Race.result(inBackground(() -> poller.pollToTheEnd(report)));
        assertThat(started).containsExactlyInAnyOrder(account(0), account(1), account(2));
    }

    private Recharge recharge(AccountId account) {
        Credits credits = Credits.of(100);
        return new Recharge(
                account,
                new RechargeId("r1"),
                Trigger.SWEEP,
                RechargeState.OPEN,
                100,
                credits,
                Credits.ZERO,
                Money.of("9.00", "USD"),
                Credits.ZERO,
                clock.instant(),
                null);
    }

    @Test
    void a_poll_ends_when_the_provider_refuses_and_leases_nothing_more() throws InterruptedException {
        due(ProviderRefusals.EVIDENCE + 2);
        AtomicInteger checks = new AtomicInteger();
        Outcome refused = new Outcome.NotSubmitted(Reason.CONFIGURATION, "the key is wrong");
        AccountWorkers workers = new AccountWorkers(
                LibraryThreads.pool(1),
                true,
                (account, trigger) -> {
                    checks.incrementAndGet();
                    starts.release();
                    held.acquireUninterruptibly();
                    return new CheckResult.Charged(account, recharge(account), refused);
                },
                FAILURES);
        open.add(workers);
        DueAccountPoller poller = new DueAccountPoller(store, workers, 1, TIMING, false, clock);

        Future<Void> polling = inBackground(() -> poller.pollToTheEnd(report));
        awaitStarts(1);
        held.release(ProviderRefusals.EVIDENCE + 2);

        Race.result(polling);
        assertThat(checks).hasValue(ProviderRefusals.EVIDENCE);
        assertThat(stillDue()).as("left to the next run").isEqualTo(2);
    }
}
