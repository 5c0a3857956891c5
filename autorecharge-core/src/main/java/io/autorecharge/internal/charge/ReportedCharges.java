package io.autorecharge.internal.charge;

import io.autorecharge.gateway.LookUp;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.installation.BindingCheck;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.RechargeWithAttempt;
import java.util.Optional;

/**
 * Concludes a charge that the provider reports without a final outcome, such as an incomplete one. That may cancel it at the provider, so it is
 * asked only for charges that belong to this installation, and finds only those of the account's own customer.
 */
public final class ReportedCharges {
    private final AccountTransactions transactions;
    private final GatewayCalls provider;
    private final BindingCheck binding;

    public ReportedCharges(AccountTransactions transactions, GatewayCalls provider, BindingCheck binding) {
        this.transactions = transactions;
        this.provider = provider;
        this.binding = binding;
    }

    /** @return the same report, with the outcome that the provider's list has for the attempt if that says more */
    public ProviderReport.Charge concluded(ProviderReport.Charge report) {
        // What may be a copy's must not be cancelled; the next check concludes it.
        if (!(report.outcome() instanceof Outcome.Unknown)
                || binding.difference().isPresent()) {
            return report;
        }
        return attempt(report)
                .map(provider::lookUp)
                .filter(LookUp.Found.class::isInstance)
                .map(found -> report.with(((LookUp.Found) found).outcome()))
                .orElse(report);
    }

    private Optional<Attempt> attempt(ProviderReport.Charge report) {
        return transactions
                .read(report.account(), step -> step.tx().rechargeOf(report.attempt()))
                .map(RechargeWithAttempt::attempt)
                .filter(it -> it.customerId().equals(report.customerId()));
    }
}
