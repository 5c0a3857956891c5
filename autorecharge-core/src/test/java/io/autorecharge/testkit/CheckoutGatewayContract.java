package io.autorecharge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.SetupRequest;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The contract of {@link CheckoutGateway}. Tests that a subclass cannot set up are skipped with a reason. */
public abstract class CheckoutGatewayContract {
    /** The installation that asks. */
    protected static final InstallationId OURS = new InstallationId("ours");

    protected static final Money PRICE = Money.of("12.00", "USD");
    private static final int THREADS = 6;

    /** What the customer does at checkout. */
    protected enum Customer {
        PAYS,
        PAYS_WITH_A_BAD_CARD,
        PAYS_BY_BANK
    }

    /** What the provider decides later. */
    protected enum Later {
        PAGE_RUNS_OUT,
        BANK_PAYS,
        BANK_DOES_NOT_PAY
    }

    protected final AccountId account = new AccountId("account-" + UUID.randomUUID());

    /** The gateway under test; the same object during one test. */
    protected abstract CheckoutGateway gateway();

    /** The current time of the provider. */
    protected abstract Instant now();

    /** The customer acts at checkout. @return whether this could be set up */
    protected boolean act(CheckoutSession session, Customer customer) {
        return false;
    }

    /** Time passes at the provider. @return whether this could be set up */
    protected boolean later(CheckoutSession session, Later later) {
        return false;
    }

    /** From now on the provider cannot be reached, or rejects the key. @return whether this could be set up */
    protected boolean breakDown(boolean refusingUs) {
        return false;
    }

    protected final CheckoutRequest request(String customerId, boolean saveMethod) {
        CheckoutId id = new CheckoutId("checkout-" + UUID.randomUUID());
        return new CheckoutRequest(account, id, customerId, 100, PRICE, saveMethod, now());
    }

    private CheckoutSession create(boolean saveMethod) {
        return gateway().createSession(request(gateway().createCustomer(account, OURS, null), saveMethod));
    }

    private void assumeActed(CheckoutSession session, Customer customer) {
        assumeThat(act(session, customer))
                .as("SKIPPED: this provider's checkout cannot be used as " + customer)
                .isTrue();
    }

    private void assumeLater(CheckoutSession session, Later later) {
        assumeThat(later(session, later))
                .as("SKIPPED: this provider cannot be made to decide as " + later)
                .isTrue();
    }

    @Test
    void creates_one_customer_per_account_however_often_and_with_whatever_email_it_is_called() {
        String first = gateway().createCustomer(account, OURS, null);
        assertThat(first).isNotBlank();
        assertThat(gateway().createCustomer(account, OURS, "alice@example.org")).isEqualTo(first);
        assertThat(gateway().createCustomer(account, OURS, "other@example.org")).isEqualTo(first);
        AccountId other = new AccountId(account.value() + "-other");
        assertThat(gateway().createCustomer(other, OURS, null)).isNotEqualTo(first);
    }

    @Test
    void creates_one_customer_when_called_by_many_threads() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CompletionService<String> calls = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < THREADS; i++) {
                calls.submit(() -> gateway().createCustomer(account, OURS, null));
            }
            Set<String> customers = new HashSet<>();
            for (int i = 0; i < THREADS; i++) {
                customers.add(calls.poll(60, TimeUnit.SECONDS).get());
            }
            assertThat(customers).hasSize(1);
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void creates_a_session_that_is_open_for_the_customer() {
        CheckoutSession session = create(true);
        assertThat(session.sessionId()).isNotBlank();
        assertThat(session.url().isAbsolute()).isTrue();
        assertThat(session.expiresAt()).isAfter(now());
        assertThat(gateway().lookUp(session.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
    }

    private SetupRequest setup(MethodPlace place) {
        return new SetupRequest(
                account,
                new CheckoutId("checkout-" + UUID.randomUUID()),
                gateway().createCustomer(account, OURS, null),
                place,
                PRICE.currency(),
                now(),
                OURS);
    }

    @Test
    void creates_a_session_that_saves_a_method_without_a_payment() {
        SetupRequest request = setup(MethodPlace.BACKUP);
        CheckoutSession session = gateway().createSetup(request);

        assertThat(gateway().createSetup(request)).isEqualTo(session);
        assertThat(session.url().isAbsolute()).isTrue();
        assertThat(session.expiresAt()).isAfter(now());
        assertThat(gateway().lookUp(session.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
    }

    @Test
    void reports_the_method_that_was_saved_without_a_payment_also_when_it_is_closed_later() {
        CheckoutSession session = gateway().createSetup(setup(MethodPlace.PRIMARY));
        assumeActed(session, Customer.PAYS);

        CheckoutOutcome outcome = gateway().lookUp(session.sessionId());

        assertThat(outcome).isInstanceOfSatisfying(CheckoutOutcome.Saved.class, saved -> {
            assertThat(saved.providerReference()).isNotBlank();
            PaymentMethod method = saved.method();
            assertThat(method).isNotNull();
            assertThat(method.customerId()).isEqualTo(gateway().createCustomer(account, OURS, null));
            assertThat(method.last4()).hasSize(4);
            assertThat(method.fingerprint()).isNotBlank();
        });
        assertThat(gateway().closeSession(session.sessionId())).isEqualTo(outcome);
    }

    @Test
    void a_closed_session_saves_no_method() {
        CheckoutSession session = gateway().createSetup(setup(MethodPlace.BACKUP));

        assertThat(gateway().closeSession(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        act(session, Customer.PAYS);

        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void reports_that_a_session_expired_in_which_no_method_was_saved() {
        CheckoutSession session = gateway().createSetup(setup(MethodPlace.BACKUP));
        assumeLater(session, Later.PAGE_RUNS_OUT);

        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void returns_the_same_session_for_the_same_checkout() {
        CheckoutRequest request = request(gateway().createCustomer(account, OURS, null), true);
        assertThat(gateway().createSession(request)).isEqualTo(gateway().createSession(request));
    }

    @Test
    void reports_the_payment_and_the_saved_method() {
        CheckoutSession session = create(true);
        assumeActed(session, Customer.PAYS);
        CheckoutOutcome outcome = gateway().lookUp(session.sessionId());
        assertThat(outcome).isInstanceOf(CheckoutOutcome.Paid.class);
        CheckoutOutcome.Paid paid = (CheckoutOutcome.Paid) outcome;
        assertThat(paid.amount()).isEqualTo(PRICE);
        assertThat(paid.providerReference()).isNotBlank();
        @Nullable PaymentMethod saved = paid.savedMethod();
        assertThat(saved).isNotNull();
        assertThat(saved.customerId()).isEqualTo(gateway().createCustomer(account, OURS, null));
        assertThat(saved.brand()).isNotBlank();
        assertThat(saved.last4()).hasSize(4);
        assertThat(saved.fingerprint()).isNotBlank();
    }

    @Test
    void saves_no_method_unless_asked_to() {
        CheckoutSession session = create(false);
        assumeActed(session, Customer.PAYS);
        CheckoutOutcome outcome = gateway().lookUp(session.sessionId());
        assertThat(outcome).isInstanceOf(CheckoutOutcome.Paid.class);
        assertThat(((CheckoutOutcome.Paid) outcome).savedMethod()).isNull();
    }

    @Test
    void lets_the_customer_try_another_card() {
        CheckoutSession session = create(true);
        assumeActed(session, Customer.PAYS_WITH_A_BAD_CARD);
        assertThat(gateway().lookUp(session.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
        assumeActed(session, Customer.PAYS);
        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Paid.class);
    }

    @Test
    void reports_that_a_session_expired() {
        CheckoutSession session = create(true);
        assumeLater(session, Later.PAGE_RUNS_OUT);
        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void waits_for_a_delayed_payment() {
        CheckoutSession session = create(true);
        assumeActed(session, Customer.PAYS_BY_BANK);
        assertThat(gateway().lookUp(session.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
        assumeLater(session, Later.BANK_PAYS);
        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Paid.class);
    }

    @Test
    void reports_that_a_delayed_payment_failed() {
        CheckoutSession session = create(true);
        assumeActed(session, Customer.PAYS_BY_BANK);
        assumeLater(session, Later.BANK_DOES_NOT_PAY);
        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void throws_for_a_session_that_does_not_exist() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp("cs_test_nothing"))
                .matches(e -> !e.isConfiguration());
    }

    @Test
    void throws_when_the_provider_cannot_be_reached() {
        CheckoutSession session = create(true);
        assumeThat(breakDown(false))
                .as("SKIPPED: this provider cannot be made unreachable")
                .isTrue();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp(session.sessionId()))
                .matches(e -> !e.isConfiguration());
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().createCustomer(new AccountId("late"), OURS, null))
                .matches(e -> !e.isConfiguration());
    }

    @Test
    void reports_that_the_provider_refuses_us() {
        CheckoutSession session = create(true);
        assumeThat(breakDown(true))
                .as("SKIPPED: this provider cannot be made to reject the key")
                .isTrue();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp(session.sessionId()))
                .matches(GatewayException::isConfiguration);
    }

    @Test
    void a_closed_session_cannot_be_paid_and_stays_closed() {
        CheckoutSession session = create(false);

        assertThat(gateway().closeSession(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        act(session, Customer.PAYS);

        assertThat(gateway().lookUp(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(gateway().closeSession(session.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void a_session_that_was_paid_before_it_was_closed_stays_paid() {
        CheckoutSession session = create(false);
        assumeActed(session, Customer.PAYS);

        assertThat(gateway().closeSession(session.sessionId()))
                .isEqualTo(gateway().lookUp(session.sessionId()))
                .isInstanceOf(CheckoutOutcome.Paid.class);
    }
}
