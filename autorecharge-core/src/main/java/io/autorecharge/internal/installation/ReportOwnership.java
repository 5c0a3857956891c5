package io.autorecharge.internal.installation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.PaymentHistory;
import io.autorecharge.gateway.ProviderReport;
import io.autorecharge.internal.account.AccountTransactions;
import io.autorecharge.internal.account.Step;
import io.autorecharge.store.RechargeStore;
import java.util.Objects;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decides whose object the provider reports. It is ours if it carries this installation's id, or if a row of the account that it names has
 * created it: under the id that it carries, or before installations had ids. Everything else belongs to another application, tenant or copy.
 * Changes nothing.
 */
public final class ReportOwnership {
    private final CurrentInstallation installation;
    private final RechargeStore accounts;
    private final AccountTransactions transactions;

    public ReportOwnership(CurrentInstallation installation, RechargeStore accounts, AccountTransactions transactions) {
        this.installation = installation;
        this.accounts = accounts;
        this.transactions = transactions;
    }

    public boolean isOurs(ProviderReport report) {
        return isOurs(report.account(), report.installation(), step -> isNamed(step, report));
    }

    public boolean isOurs(PaymentHistory.Charge charge) {
        return isOurs(
                charge.account(),
                charge.installation(),
                step -> hasAttempt(step, charge.attempt(), charge.installation()));
    }

    public boolean isOurs(PaymentHistory.Session session) {
        return isOurs(
                session.account(),
                session.installation(),
                step -> hasCheckout(step, session.checkout(), session.installation()));
    }

    /** Whether it carries this very installation's id. */
    public boolean carriesOurId(@Nullable InstallationId carried) {
        return installation.id().equals(carried);
    }

    /** An account that does not exist here is not created for a stranger's report. */
    private boolean isOurs(AccountId account, @Nullable InstallationId carried, Predicate<Step> isNamed) {
        return carriesOurId(carried)
                || (accounts.find(account).isPresent() && transactions.read(account, isNamed::test));
    }

    private static boolean isNamed(Step step, ProviderReport report) {
        InstallationId carried = report.installation();
        if (report instanceof ProviderReport.Charge charge) {
            return hasAttempt(step, charge.attempt(), carried);
        }
        if (report instanceof ProviderReport.Checkout checkout) {
            return hasCheckout(step, checkout.checkout(), carried);
        }
        if (report instanceof ProviderReport.MethodChange change) {
            return carried == null && change.customerId().equals(step.account().customerId());
        }
        ProviderReport.Reversal reversal = (ProviderReport.Reversal) report;
        String purchase = Reference.purchase(reversal.reversals().providerReference());
        return (carried == null && step.tx().posted(purchase).isPresent())
                || hasAttempt(step, reversal.origin().attempt(), carried)
                || hasCheckout(step, reversal.origin().checkout(), carried);
    }

    private static boolean hasAttempt(Step step, @Nullable AttemptId attempt, @Nullable InstallationId carried) {
        return attempt != null
                && step.tx()
                        .rechargeOf(attempt)
                        .filter(it -> Objects.equals(it.attempt().installation(), carried))
                        .isPresent();
    }

    private static boolean hasCheckout(Step step, @Nullable CheckoutId checkout, @Nullable InstallationId carried) {
        return checkout != null
                && step.tx()
                        .checkout(checkout)
                        .filter(it -> Objects.equals(it.installation(), carried))
                        .isPresent();
    }
}
