package io.autorecharge.internal.account;

import io.autorecharge.account.Account;
import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.PaymentMethods;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.Purgeable;
import io.autorecharge.gateway.InstallationId;
import io.autorecharge.gateway.RechargeId;
import io.autorecharge.policy.CardUse;
import io.autorecharge.policy.PastRecharge;
import io.autorecharge.policy.SpendingPeriod;
import io.autorecharge.store.AccountTransaction;
import io.autorecharge.store.Attempt;
import io.autorecharge.store.Binding;
import io.autorecharge.store.DatabaseIdentity;
import io.autorecharge.store.Installation;
import io.autorecharge.store.OwedEntries;
import io.autorecharge.store.Pause;
import io.autorecharge.store.PauseReport;
import io.autorecharge.store.PendingPostings;
import io.autorecharge.store.RechargeStore;
import io.autorecharge.store.RechargeWithAttempt;
import io.autorecharge.testkit.InMemoryStore;
import io.autorecharge.testkit.RechargeStoreContract;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A transaction that remembers what it has read keeps the contract of the port to the letter. */
class CachingTransactionTest extends RechargeStoreContract {
    private final RechargeStore store = new Cached(new InMemoryStore());

    @Override
    protected RechargeStore store() {
        return store;
    }

    /** Every transaction of a store, remembered. */
    private record Cached(RechargeStore real) implements RechargeStore {
        @Override
        public boolean isHostTransactionOpen() {
            return real.isHostTransactionOpen();
        }

        @Override
        public <T> T inTransaction(AccountId account, Function<AccountTransaction, T> work) {
            return real.inTransaction(account, tx -> {
                CachingTransaction caching = new CachingTransaction(tx);
                T result = work.apply(caching);
                caching.flush();
                caching.flushLast();
                return result;
            });
        }

        @Override
        public <T> T inStateTransaction(AccountId account, Function<AccountTransaction, T> work) {
            return real.inStateTransaction(account, tx -> {
                CachingTransaction caching = new CachingTransaction(tx);
                T result = work.apply(caching);
                caching.flush();
                caching.flushLast();
                return result;
            });
        }

        @Override
        public List<OwedEntries> owed(AccountId account) {
            return real.owed(account);
        }

        @Override
        public CardUse cardUse(String card, Instant since) {
            return real.cardUse(card, since);
        }

        @Override
        public List<PastRecharge> countedSince(AccountId account, Instant from) {
            return real.countedSince(account, from);
        }

        @Override
        public PaymentMethods methods(AccountId account) {
            return real.methods(account);
        }

        @Override
        public List<Attempt> attempts(AccountId account, RechargeId recharge) {
            return real.attempts(account, recharge);
        }

        @Override
        public boolean isCustomerOfAnother(AccountId account, String customerId) {
            return real.isCustomerOfAnother(account, customerId);
        }

        @Override
        public Optional<Account> find(AccountId account) {
            return real.find(account);
        }

        @Override
        public List<AccountId> takeDue(Instant now, Instant leaseUntil, int limit) {
            return real.takeDue(now, leaseUntil, limit);
        }

        @Override
        public int sweep(boolean thresholdInclusive, Instant now) {
            return real.sweep(thresholdInclusive, now);
        }

        @Override
        public int sweepAll(Instant now) {
            return real.sweepAll(now);
        }

        @Override
        public void markDue(AccountId account, Instant at) {
            real.markDue(account, at);
        }

        @Override
        public List<ConsentRecord> consents(AccountId account) {
            return real.consents(account);
        }

        @Override
        public void recordFirstPrices(List<AgreedPackage> packages, Instant at) {
            real.recordFirstPrices(packages, at);
        }

        @Override
        public List<AgreedPackage> firstPrices() {
            return real.firstPrices();
        }

        @Override
        public List<RechargeWithAttempt> recharges(AccountId account, int limit) {
            return real.recharges(account, limit);
        }

        @Override
        public PendingPostings grants(AccountId account) {
            return real.grants(account);
        }

        @Override
        public Optional<String> overdraftObstacle() {
            return real.overdraftObstacle();
        }

        @Override
        public Optional<Pause> pause() {
            return real.pause();
        }

        @Override
        public PauseReport pause(Pause pause) {
            return real.pause(pause);
        }

        @Override
        public boolean resume() {
            return real.resume();
        }

        @Override
        public int purge(Purgeable what, Instant before, int limit) {
            return real.purge(what, before, limit);
        }

        @Override
        public boolean hasRoom(SpendingPeriod period, Money amount) {
            return real.hasRoom(period, amount);
        }

        @Override
        public void forgetSpending() {
            real.forgetSpending();
        }

        @Override
        public int countDue(Instant now, int limit) {
            return real.countDue(now, limit);
        }

        @Override
        public List<AutoRechargeEvent> undelivered(Instant before, int limit) {
            return real.undelivered(before, limit);
        }

        @Override
        public void delivered(Collection<String> eventIds, Instant at) {
            real.delivered(eventIds, at);
        }

        @Override
        public Installation installation(Installation ifNone) {
            return real.installation(ifNone);
        }

        @Override
        public boolean bindFirst(Binding binding) {
            return real.bindFirst(binding);
        }

        @Override
        public void bind(InstallationId id, Binding binding) {
            real.bind(id, binding);
        }

        @Override
        public void seen(DatabaseIdentity identity, io.autorecharge.gateway.KeyMode mode, Instant at) {
            real.seen(identity, mode, at);
        }

        @Override
        public DatabaseIdentity identity() {
            return real.identity();
        }

        @Override
        public boolean isHandled(String webhookEventId) {
            return real.isHandled(webhookEventId);
        }

        @Override
        public void handled(String webhookEventId, String type, Instant at) {
            real.handled(webhookEventId, type, at);
        }
    }
}
