package io.autorecharge.internal.checkout;

import io.autorecharge.account.Account;
import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CheckoutGateway;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.charge.CustomerStamps;
import io.autorecharge.internal.pacing.PeopleTurns;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The provider's customers for whom checkouts are created: one per account, which is this installation's and nobody else's. */
public final class CheckoutCustomers {
    private static final Logger log = LoggerFactory.getLogger(CheckoutCustomers.class);

    private final AccountTransactions transactions;
    private final CheckoutGateway gateway;
    private final PeopleTurns people;
    private final CustomerStamps stamps;

    public CheckoutCustomers(
            AccountTransactions transactions, CheckoutGateway gateway, PeopleTurns people, CustomerStamps stamps) {
        this.transactions = transactions;
        this.gateway = gateway;
        this.people = people;
        this.stamps = stamps;
    }

    /** Creates a session for the account's customer, and for a new customer if that one was deleted at the provider. */
    CheckoutSession with(
            AccountId account,
            InstallationId own,
            @Nullable String email,
            Function<String, CheckoutSession> sessionFor) {
        String customer = of(account, own, email);
        try {
            return sessionFor.apply(customer);
        } catch (GatewayException e) {
            if (!e.isCustomerGone()) {
                throw e;
            }
            // Otherwise an account whose customer was deleted at the provider could never buy again.
            return sessionFor.apply(replaced(account, own, customer, email));
        }
    }

    /** Each account has one customer: of two threads that create one, the second uses the customer of the first. */
    private String of(AccountId account, InstallationId own, @Nullable String email) {
        Account before = transactions.read(account, Step::account);
        String known = before.customerId();
        if (known != null) {
            return usable(account, own, known, before.state().stampedCustomer(), email);
        }
        people.await(account);
        String created = gateway.createCustomer(account, own, email);
        return transactions.run(account, step -> {
            String stored = step.account().customerId();
            if (stored != null) {
                return stored;
            }
            step.tx().saveCustomer(created);
            step.tx().save(step.account().state().stamped(created));
            return created;
        });
    }

    /** The account's customer, or a new one where that one belongs to another installation. */
    String usable(
            AccountId account, InstallationId own, String customer, @Nullable String stamped, @Nullable String email) {
        return stamps.isOurs(account, customer, stamped) ? customer : replaced(account, own, customer, email);
    }

    /** The saved payment method belongs to the customer that is replaced. */
    private String replaced(AccountId account, InstallationId own, String gone, @Nullable String email) {
        people.await(account);
        String created = gateway.replaceCustomer(account, own, gone, email);
        log.warn(
                "account={} customer={} no longer exists at the provider, or belongs to another installation; it is replaced by {}",
                account,
                gone,
                created);
        return transactions.run(account, step -> {
            String stored = step.account().customerId();
            if (stored != null && !stored.equals(gone)) {
                return stored;
            }
            step.tx().savePaymentMethod(null);
            step.tx().saveCustomer(created);
            step.tx().save(step.account().state().stamped(created));
            return created;
        });
    }
}
