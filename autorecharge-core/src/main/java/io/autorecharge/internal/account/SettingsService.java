package io.autorecharge.internal.account;

import static io.autorecharge.event.AutoRechargeEvent.of;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.CardStop;
import io.autorecharge.account.Consent;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.account.Suspension;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Money;
import io.autorecharge.event.EventType;
import io.autorecharge.policy.Decision;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.SettingsPreview;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Stores what a user chooses: settings and payment method. */
public final class SettingsService {
    /** Stands for the text in a preview, which stores nothing. */
    private static final String SHOWN = "preview";

    private final AccountTransactions transactions;
    private final StandingReader standingReader;
    private final ConsentLog consents;
    private final Supplier<String> ids;

    public SettingsService(
            AccountTransactions transactions,
            StandingReader standingReader,
            ConsentLog consents,
            Supplier<String> ids) {
        this.transactions = transactions;
        this.standingReader = standingReader;
        this.consents = consents;
        this.ids = ids;
    }

    /** Stores settings, unless they would charge another amount than the user confirmed. */
    public SaveResult save(AccountId account, Settings wanted, Agreement agreement, UnaryOperator<UserRules> change) {
        return transactions.run(account, step -> {
            RechargePolicy policy = policy(step, wanted);
            Settings settings = checked(step, policy, wanted);
            Account before = withRules(standingReader.agreed(step), policy, settings, change);
            Account after = new SettingsChange(policy).apply(before, settings, agreement, step.now());
            Decision next = standingReader.decide(step, after);
            SettingsPreview shown = preview(step, before, policy, settings);
            boolean another = isAnotherAmount(next, agreement) || isAnotherPrice(policy, settings, agreement);
            if (settings.enabled() && another) {
                return new SaveResult.AmountChanged(shown);
            }
            store(step, before, after, agreement);
            return new SaveResult.Saved(settings, next, shown);
        });
    }

    /** Whether the user confirmed another amount than is charged now. */
    private static boolean isAnotherAmount(Decision next, Agreement agreement) {
        if (agreement.confirmation() == null) {
            return false;
        }
        Money confirmed = agreement.confirmation().chargedNow();
        return next instanceof Decision.Recharge recharge
                ? !recharge.price().equals(confirmed)
                : confirmed.isPositive();
    }

    /** Whether the user was shown another price of the package than it has now. */
    private static boolean isAnotherPrice(RechargePolicy policy, Settings settings, Agreement agreement) {
        Agreement.Confirmation confirmation = agreement.confirmation();
        return confirmation != null
                && confirmation.packagePrice() != null
                && settings.credits() != null
                && !policy.packages().require(settings.credits()).price().equals(confirmation.packagePrice());
    }

    /** @param before with the agreement that binds it */
    private void store(Step step, Account before, Account after, Agreement agreement) {
        boolean enabled = after.settings().enabled();
        AccountState state = consents.changed(step, before, after, agreement);
        step.tx().save(after.settings());
        step.tx().save(state);
        // The user's choice now overrides what an open checkout would switch on when it is paid.
        step.tx().openCheckouts().forEach(checkout -> step.tx().save(checkout.withoutEnabling()));
        Recovery.closeUnwanted(step);
        if (after.state().suspension() == null) {
            if (before.state().suspension() != null && before.state().backups() > 0) {
                step.tx().save(step.tx().methods().onceMore());
            }
            Suspensions.publishResumed(step, before.state().suspension(), ids);
        }
        Consent agreed = state.consent();
        if (enabled != before.settings().enabled()) {
            EventType type = enabled ? EventType.ENABLED : EventType.DISABLED;
            step.publish(of(type, after.id(), ids.get(), step.now()).agreed(agreed));
        } else if (agreed != null
                && !agreed.recordedAs(0).equals(unrecorded(before.state().consent()))) {
            step.publish(of(EventType.AGREEMENT_CHANGED, after.id(), ids.get(), step.now())
                    .agreed(agreed));
        }
    }

    private static @Nullable Consent unrecorded(@Nullable Consent consent) {
        return consent == null ? null : consent.recordedAs(0);
    }

    /** What saving would charge; changes nothing. */
    public SettingsPreview preview(AccountId account, Settings wanted, UnaryOperator<UserRules> change) {
        return transactions.read(account, step -> {
            RechargePolicy policy = standingReader.require(step);
            Settings settings = policy.checked(wanted);
            return preview(step, withRules(standingReader.agreed(step), policy, settings, change), policy, settings);
        });
    }

    /** Switching off works without a policy. */
    private RechargePolicy policy(Step step, Settings wanted) {
        return wanted.enabled() ? standingReader.require(step) : standingReader.orStandard(step);
    }

    private Settings checked(Step step, RechargePolicy policy, Settings wanted) {
        return standingReader.policy(step, step.account()).isUsable() ? policy.checked(wanted) : wanted;
    }

    /** The account with the rules that its user wants from now on. */
    private static Account withRules(
            Account account, RechargePolicy policy, Settings settings, UnaryOperator<UserRules> change) {
        UserRules before = account.state().rules();
        UserRules after = policy.checked(change.apply(before), before, settings);
        return new Account(
                account.id(),
                account.balance(),
                account.settings(),
                account.customerId(),
                account.method(),
                account.state().withRules(after));
    }

    private SettingsPreview preview(Step step, Account account, RechargePolicy policy, Settings settings) {
        SettingsChange changes = new SettingsChange(policy);
        Money most = greatest(policy, settings, account.balance());
        Agreement unconfirmed = Agreement.bySwitchingOn(SHOWN);
        Agreement confirmed = Agreement.to(SHOWN).confirming(new Money(0, most.currency()), most);
        return new SettingsPreview(
                standingReader.decide(step, changes.apply(account, settings, confirmed, step.now())),
                standingReader.decide(step, changes.apply(account, settings, unconfirmed, step.now())),
                most,
                account.method());
    }

    /** Settings without a package charge nothing; the smallest package stands for the currency. */
    private static Money greatest(RechargePolicy policy, Settings settings, Credits balance) {
        return settings.credits() == null
                        || policy.packages().find(settings.credits()).isEmpty()
                ? policy.packages().all().get(0).price()
                : policy.greatestCharge(settings, balance);
    }

    /**
     * @param stamped whether the customer is known to be this installation's
     * @throws InvalidValueException when the method belongs to another customer than the account's
     */
    public void savePaymentMethod(AccountId account, PaymentMethod method, boolean stamped) {
        transactions.run(account, step -> {
            requireOwnCustomer(step.account(), method, stamped);
            PaymentMethod before = step.account().method();
            boolean replaces = step.account().customerId() != null;
            consents.addsMethod(step, method.id());
            step.tx().savePaymentMethod(method);
            // A first customer may be another account's as well, which is seen only after the commit.
            if (stamped && replaces) {
                step.tx().save(step.account().state().stamped(method.customerId()));
            }
            step.tx().save(step.account().state().notSaved(null));
            Suspensions.methodSaved(step, before, method, ids.get());
            if (step.account().state().backups() > 0 && step.account().state().suspension() == null) {
                MethodList.follow(step, step.tx().methods(), ids.get());
            }
            Recovery.closeUnwanted(step);
            return account;
        });
    }

    /**
     * What saving this method would charge; changes nothing.
     *
     * @throws InvalidValueException when the method belongs to another customer than the account's
     */
    public Decision preview(AccountId account, PaymentMethod method) {
        return transactions.read(account, step -> {
            Account now = standingReader.agreed(step);
            requireOwnCustomer(now, method, true);
            AccountState state = now.state();
            return standingReader.decide(
                    step,
                    new Account(
                            now.id(),
                            now.balance(),
                            now.settings(),
                            method.customerId(),
                            method,
                            Suspensions.endsBy(state, now.method(), method) ? state.resumed(0) : state));
        });
    }

    /**
     * An account keeps its customer, unless that one belongs to another installation or account: it is replaced by one that is known to be ours.
     *
     * @throws InvalidValueException when the method belongs to another customer than the account's
     */
    public static void requireOwnCustomer(@Nullable Account account, PaymentMethod method, boolean ours) {
        String customer = account == null ? null : account.customerId();
        if (account == null || customer == null || customer.equals(method.customerId())) {
            return;
        }
        Suspension stop = account.state().suspension();
        if (!ours || stop == null || !stop.reason().blamesCustomer()) {
            throw new InvalidValueException(
                    "method.customerId", method.customerId(), "must be the account's customer " + customer);
        }
    }

    /** @return false when the account has no payment method */
    public boolean releaseCard(AccountId account) {
        return transactions.run(account, step -> {
            List<SavedMethod> methods = step.tx().methods().all();
            for (SavedMethod saved : methods) {
                for (CardStop.Reason reason : CardStop.Reason.values()) {
                    step.tx().releaseCard(saved.method().card(), reason);
                }
            }
            return !methods.isEmpty();
        });
    }

    public void forgetPaymentMethod(AccountId account) {
        transactions.run(account, step -> {
            step.tx().savePaymentMethod(null);
            Recovery.closeUnwanted(step);
            return account;
        });
    }
}
