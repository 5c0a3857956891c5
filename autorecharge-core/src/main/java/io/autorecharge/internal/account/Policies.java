package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AccountState;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.internal.thread.FailureLog;
import io.autorecharge.policy.PolicySource;
import io.autorecharge.policy.RechargePolicy;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The policy of each account. What the host's source returns is checked when it is first seen, and whatever goes wrong there is a problem of
 * that account only. Safe for use by many threads.
 */
public final class Policies {
    /** An answer that took longer is not used: meanwhile the account was locked. */
    static final Duration SLOWEST = Duration.ofSeconds(1);

    private final RechargePolicy standard;
    private final AccountPolicy ofStandard;
    private final @Nullable PolicySource source;
    private final UnaryOperator<RechargePolicy> fitting;
    private final LongSupplier nanos;
    private final FailureLog failures;
    private final Map<RechargePolicy, AccountPolicy> checked = Collections.synchronizedMap(new WeakHashMap<>());

    /**
     * @param given the builder's policy as the host made it
     * @param standard the same policy, made to fit
     * @param source null when every account has the builder's policy
     * @param fitting makes a policy fit provider and ledger
     * @param nanos a clock that is never set
     */
    public Policies(
            RechargePolicy given,
            RechargePolicy standard,
            @Nullable PolicySource source,
            UnaryOperator<RechargePolicy> fitting,
            LongSupplier nanos) {
        this.standard = standard;
        this.ofStandard = new AccountPolicy(standard, null);
        this.source = source;
        this.fitting = fitting;
        this.nanos = nanos;
        this.failures = new FailureLog(LoggerFactory.getLogger(Policies.class), nanos);
        checked.put(given, ofStandard);
        checked.put(standard, ofStandard);
    }

    /** One policy for every account. */
    static Policies one(RechargePolicy policy) {
        return new Policies(policy, policy, null, UnaryOperator.identity(), System::nanoTime);
    }

    /** The builder's policy: what applies to all accounts, such as the default threshold. */
    public RechargePolicy standard() {
        return standard;
    }

    /** Whether every account has the builder's policy. */
    public boolean isOne() {
        return source == null;
    }

    /** The policy of an account that the database does not know yet. */
    AccountPolicy ofNew(AccountId account) {
        return of(new Account(
                account, Credits.ZERO, Settings.initial(standard.threshold()), null, null, AccountState.INITIAL));
    }

    AccountPolicy of(Account account) {
        return source == null ? ofStandard : asked(source, account);
    }

    private AccountPolicy asked(PolicySource asking, Account account) {
        long before = nanos.getAsLong();
        RechargePolicy answer;
        try {
            answer = asking.policyOf(account);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return unusable(account, "the policy source failed with " + e, e);
        }
        Duration taken = Duration.ofNanos(nanos.getAsLong() - before);
        if (answer == null) {
            return unusable(account, "the policy source returned null", null);
        }
        if (taken.compareTo(SLOWEST) > 0) {
            return unusable(account, "the policy source took " + taken, null);
        }
        AccountPolicy known = checked.computeIfAbsent(answer, this::check);
        if (known.problem() != null) {
            failures.failed(held(account, known.problem()), new IllegalStateException(known.problem()));
        }
        return known;
    }

    private AccountPolicy check(RechargePolicy policy) {
        if (policy.thresholdInclusive() != standard.thresholdInclusive()) {
            return new AccountPolicy(standard, "thresholdInclusive is not that of the builder's policy");
        }
        if (!policy.threshold().equals(standard.threshold())) {
            return new AccountPolicy(
                    standard,
                    "its default threshold " + policy.threshold() + " is not that of the builder's policy, "
                            + standard.threshold() + ": set the threshold with the account's settings");
        }
        try {
            return new AccountPolicy(fitting.apply(policy), null);
        } catch (InvalidValueException e) {
            return new AccountPolicy(standard, "it does not fit: " + e.getMessage());
        } catch (RuntimeException e) {
            return new AccountPolicy(standard, "it cannot be checked: " + e);
        }
    }

    private AccountPolicy unusable(Account account, String problem, @Nullable Throwable cause) {
        failures.failed(held(account, problem), cause == null ? new IllegalStateException(problem) : cause);
        return new AccountPolicy(standard, problem);
    }

    private static String held(Account account, String problem) {
        return "account=" + account.id() + " is not charged, because its policy cannot be used: " + problem;
    }
}
