package io.autorecharge.internal.charge;

import io.autorecharge.credit.AccountId;
import io.autorecharge.gateway.CustomerOwner;
import io.autorecharge.gateway.GatewayException;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.gateway.TooManyRequestsException;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Step;
import io.autorecharge.internal.installation.CurrentInstallation;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.RechargeStore;
import org.jspecify.annotations.Nullable;

/**
 * Makes sure that only this installation's customers are charged, each for one account: a customer that carries no id yet gets ours, and one
 * that carries another, or that another account has, is left alone. Asked once per customer: the account's state remembers the answer.
 */
public final class CustomerStamps {
    /** The code of an attempt that was not sent because its customer is not ours. */
    static final String CODE = "customer_of_another_installation";

    /** The code of an attempt that was not sent because another account has its customer too. */
    static final String CODE_OF_ACCOUNT = "customer_of_another_account";

    private final RechargeStore accounts;
    private final AccountTransactions transactions;
    private final GatewayCalls provider;
    private final CurrentInstallation installation;

    /** @param accounts knows which account has which customer */
    public CustomerStamps(
            RechargeStore accounts,
            AccountTransactions transactions,
            GatewayCalls provider,
            CurrentInstallation installation) {
        this.accounts = accounts;
        this.transactions = transactions;
        this.provider = provider;
        this.installation = installation;
    }

    /** An attempt from before installations had ids has a customer that was charged before, and is sent as it always was. */
    CustomerOwner ownerOf(Attempt attempt) {
        return attempt.installation() == null ? CustomerOwner.OURS : ask(attempt.account(), attempt.customerId());
    }

    /** Whose a customer is as far as the account's state says; null when that must be asked. */
    static @Nullable CustomerOwner known(Step step, String customer) {
        return customer.equals(step.account().state().stampedCustomer()) ? CustomerOwner.OURS : null;
    }

    /** As {@link #known}, with what was just asked; records it if the customer is ours. */
    static @Nullable CustomerOwner known(Step step, String customer, AskedOwner asked) {
        CustomerOwner owner = asked.of(customer);
        if (owner == CustomerOwner.OURS) {
            record(step, customer);
        }
        return owner == null ? known(step, customer) : owner;
    }

    /** Why nothing is sent to this owner's customer; null when it may be charged. A customer that is gone is found out by the charge. */
    static @Nullable Outcome objection(CustomerOwner owner, boolean earlierInDoubt) {
        String detail = "whose customer it is: " + owner;
        if (owner == CustomerOwner.OURS || owner == CustomerOwner.GONE) {
            return null;
        }
        if (earlierInDoubt) {
            return new Outcome.Unknown("an earlier request is in doubt; " + detail);
        }
        return switch (owner) {
            case OTHERS -> new Outcome.Declined(null, CODE, Outcome.Declined.Kind.OTHER_INSTALLATION);
            case OTHER_ACCOUNT -> new Outcome.Declined(null, CODE_OF_ACCOUNT, Outcome.Declined.Kind.OTHER_ACCOUNT);
            case REFUSED -> new Outcome.NotSubmitted(Reason.CONFIGURATION, detail);
            default -> new Outcome.NotSubmitted(Reason.BUSY, detail);
        };
    }

    /** Whether an attempt was not sent because its customer is not the account's own. */
    static boolean isOfOthers(Outcome.Declined.Kind kind) {
        return kind == Outcome.Declined.Kind.OTHER_INSTALLATION || kind == Outcome.Declined.Kind.OTHER_ACCOUNT;
    }

    static void record(Step step, String customer) {
        if (customer.equals(step.account().customerId())
                && !customer.equals(step.account().state().stampedCustomer())) {
            step.tx().save(step.account().state().stamped(customer));
        }
    }

    /**
     * Whether an account may use this customer, which is marked as ours if it is nobody's yet.
     *
     * @param stamped the customer that the account is known to own
     * @return false when it belongs to another installation or account
     * @throws GatewayException when the provider cannot be reached or refuses
     */
    public boolean isOurs(AccountId account, String customer, @Nullable String stamped) {
        if (customer.equals(stamped)) {
            return true;
        }
        CustomerOwner owner = isOfAnotherAccount(account, customer)
                ? CustomerOwner.OTHER_ACCOUNT
                : provider.stampCustomerFor(account, customer, installation.id());
        if (owner == CustomerOwner.OURS) {
            record(account, customer);
        }
        if (owner == CustomerOwner.REFUSED || owner == CustomerOwner.NOT_ANSWERED) {
            throw new GatewayException(
                    owner == CustomerOwner.REFUSED,
                    "account=" + account + " customer=" + customer + ": whose customer it is was not answered",
                    null);
        }
        return owner != CustomerOwner.OTHERS && owner != CustomerOwner.OTHER_ACCOUNT;
    }

    private void record(AccountId account, String customer) {
        transactions.run(account, step -> {
            record(step, customer);
            return account;
        });
    }

    /**
     * Records that a customer which was just saved for an account is this installation's, unless another account has it by now. Of two accounts
     * that save the same customer at once, at least the second one sees the first.
     */
    public void recordSaved(AccountId account, String customer) {
        if (!isOfAnotherAccount(account, customer)) {
            record(account, customer);
        }
    }

    /** Whether another account has this customer. */
    public boolean isOfAnotherAccount(AccountId account, String customer) {
        return accounts.isCustomerOfAnother(account, customer);
    }

    /** As {@link #isOurs}, for a person to whom a missing answer is no obstacle: it is asked again before the customer is charged. */
    public CustomerOwner askFor(AccountId account, String customer) {
        if (isOfAnotherAccount(account, customer)) {
            return CustomerOwner.OTHER_ACCOUNT;
        }
        try {
            return provider.stampCustomerFor(account, customer, installation.id());
        } catch (TooManyRequestsException e) {
            return CustomerOwner.NOT_ANSWERED;
        }
    }

    /** For the background. */
    CustomerOwner ask(AccountId account, String customer) {
        return isOfAnotherAccount(account, customer)
                ? CustomerOwner.OTHER_ACCOUNT
                : provider.stampCustomer(account, customer, installation.id());
    }
}
