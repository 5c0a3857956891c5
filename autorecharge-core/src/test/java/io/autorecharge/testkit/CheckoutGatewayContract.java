package io.autorecharge.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.CheckoutRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
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

/** The contract of {@link CheckoutGateway}. Tests that a subclass cannot stage are skipped with a reason. */
public abstract class CheckoutGatewayContract {
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

    /** The customer acts at checkout. @return whether this could be staged */
    protected boolean act(CheckoutSession page, Customer customer) {
        return false;
    }

    /** Time passes at the provider. @return whether this could be staged */
    protected boolean later(CheckoutSession page, Later later) {
        return false;
    }

    /** From now on the provider cannot be reached, or rejects the key. @return whether this could be staged */
    protected boolean breakDown(boolean refusingUs) {
        return false;
    }

    protected final CheckoutRequest request(String customerId, boolean saveMethod) {
        CheckoutId id = new CheckoutId("checkout-" + UUID.randomUUID());
        return new CheckoutRequest(account, id, customerId, 100, PRICE, saveMethod, now());
    }

    private CheckoutSession page(boolean saveMethod) {
        return gateway().createSession(request(gateway().createCustomer(account, null), saveMethod));
    }

    private void assumeActed(CheckoutSession page, Customer customer) {
        assumeThat(act(page, customer))
                .as("SKIPPED: this provider's checkout cannot be used as " + customer)
                .isTrue();
    }

    private void assumeLater(CheckoutSession page, Later later) {
        assumeThat(later(page, later))
                .as("SKIPPED: this provider cannot be made to decide as " + later)
                .isTrue();
    }

    @Test
    void makes_one_customer_an_account_however_often_and_with_whatever_address_it_is_asked() {
        String first = gateway().createCustomer(account, null);
        assertThat(first).isNotBlank();
        assertThat(gateway().createCustomer(account, "alice@example.org")).isEqualTo(first);
        assertThat(gateway().createCustomer(account, "other@example.org")).isEqualTo(first);
        AccountId other = new AccountId(account.value() + "-other");
        assertThat(gateway().createCustomer(other, null)).isNotEqualTo(first);
    }

    @Test
    void makes_one_customer_when_asked_by_many_at_once() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            CompletionService<String> calls = new ExecutorCompletionService<>(threads);
            for (int i = 0; i < THREADS; i++) {
                calls.submit(() -> gateway().createCustomer(account, null));
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
    void makes_a_page_that_waits_for_the_customer() {
        CheckoutSession page = page(true);
        assertThat(page.sessionId()).isNotBlank();
        assertThat(page.url().isAbsolute()).isTrue();
        assertThat(page.expiresAt()).isAfter(now());
        assertThat(gateway().lookUp(page.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
    }

    @Test
    void gives_the_same_page_when_the_same_checkout_is_asked_for_again() {
        CheckoutRequest request = request(gateway().createCustomer(account, null), true);
        assertThat(gateway().createSession(request)).isEqualTo(gateway().createSession(request));
    }

    @Test
    void tells_the_payment_and_the_method_that_was_kept() {
        CheckoutSession page = page(true);
        assumeActed(page, Customer.PAYS);
        CheckoutOutcome outcome = gateway().lookUp(page.sessionId());
        assertThat(outcome).isInstanceOf(CheckoutOutcome.Paid.class);
        CheckoutOutcome.Paid paid = (CheckoutOutcome.Paid) outcome;
        assertThat(paid.amount()).isEqualTo(PRICE);
        assertThat(paid.providerReference()).isNotBlank();
        @Nullable PaymentMethod saved = paid.savedMethod();
        assertThat(saved).isNotNull();
        assertThat(saved.customerId()).isEqualTo(gateway().createCustomer(account, null));
        assertThat(saved.brand()).isNotBlank();
        assertThat(saved.last4()).hasSize(4);
        assertThat(saved.fingerprint()).isNotBlank();
    }

    @Test
    void keeps_no_method_that_it_was_not_asked_to_keep() {
        CheckoutSession page = page(false);
        assumeActed(page, Customer.PAYS);
        CheckoutOutcome outcome = gateway().lookUp(page.sessionId());
        assertThat(outcome).isInstanceOf(CheckoutOutcome.Paid.class);
        assertThat(((CheckoutOutcome.Paid) outcome).savedMethod()).isNull();
    }

    @Test
    void lets_the_customer_try_another_card() {
        CheckoutSession page = page(true);
        assumeActed(page, Customer.PAYS_WITH_A_BAD_CARD);
        assertThat(gateway().lookUp(page.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
        assumeActed(page, Customer.PAYS);
        assertThat(gateway().lookUp(page.sessionId())).isInstanceOf(CheckoutOutcome.Paid.class);
    }

    @Test
    void tells_that_a_page_ran_out() {
        CheckoutSession page = page(true);
        assumeLater(page, Later.PAGE_RUNS_OUT);
        assertThat(gateway().lookUp(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void waits_for_a_payment_that_takes_days() {
        CheckoutSession page = page(true);
        assumeActed(page, Customer.PAYS_BY_BANK);
        assertThat(gateway().lookUp(page.sessionId())).isEqualTo(new CheckoutOutcome.Pending());
        assumeLater(page, Later.BANK_PAYS);
        assertThat(gateway().lookUp(page.sessionId())).isInstanceOf(CheckoutOutcome.Paid.class);
    }

    @Test
    void tells_that_a_payment_that_takes_days_did_not_come() {
        CheckoutSession page = page(true);
        assumeActed(page, Customer.PAYS_BY_BANK);
        assumeLater(page, Later.BANK_DOES_NOT_PAY);
        assertThat(gateway().lookUp(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void throws_for_a_page_that_does_not_exist() {
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp("cs_test_nothing"))
                .matches(e -> !e.isConfiguration());
    }

    @Test
    void throws_when_the_provider_cannot_be_reached() {
        CheckoutSession page = page(true);
        assumeThat(breakDown(false))
                .as("SKIPPED: this provider cannot be made unreachable")
                .isTrue();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp(page.sessionId()))
                .matches(e -> !e.isConfiguration());
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().createCustomer(new AccountId("late"), null))
                .matches(e -> !e.isConfiguration());
    }

    @Test
    void says_when_the_provider_refuses_us() {
        CheckoutSession page = page(true);
        assumeThat(breakDown(true))
                .as("SKIPPED: this provider cannot be made to reject the key")
                .isTrue();
        assertThatExceptionOfType(GatewayException.class)
                .isThrownBy(() -> gateway().lookUp(page.sessionId()))
                .matches(GatewayException::isConfiguration);
    }

    @Test
    void a_page_that_was_closed_can_be_paid_no_more_and_stays_closed() {
        CheckoutSession page = page(false);

        assertThat(gateway().closeSession(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        act(page, Customer.PAYS);

        assertThat(gateway().lookUp(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
        assertThat(gateway().closeSession(page.sessionId())).isInstanceOf(CheckoutOutcome.Closed.class);
    }

    @Test
    void a_page_whose_customer_was_faster_stays_paid() {
        CheckoutSession page = page(false);
        assumeActed(page, Customer.PAYS);

        assertThat(gateway().closeSession(page.sessionId()))
                .isEqualTo(gateway().lookUp(page.sessionId()))
                .isInstanceOf(CheckoutOutcome.Paid.class);
    }
}
