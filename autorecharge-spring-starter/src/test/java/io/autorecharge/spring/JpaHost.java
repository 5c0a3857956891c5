package io.autorecharge.spring;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import io.autorecharge.jdbc.jpa.CreditTransactionEntity;
import jakarta.persistence.EntityManager;
import jakarta.persistence.PersistenceContext;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A host with Spring Data JPA, whose entities are validated against the tables together with the library's. */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@AutoConfigurationPackage(basePackages = {"io.autorecharge.spring", "io.autorecharge.jdbc.jpa"})
class JpaHost {
    @Bean
    FakeShop shop() {
        return new FakeShop();
    }

    @Bean
    Counter counter(AutoRecharge autoRecharge, ShopAccounts accounts, ShopLedger ledger) {
        return new Counter(autoRecharge, accounts, ledger);
    }

    /** Where orders are taken. */
    static class Counter {
        private final AutoRecharge autoRecharge;
        private final ShopAccounts accounts;
        private final ShopLedger ledger;

        @PersistenceContext
        private EntityManager entityManager;

        Counter(AutoRecharge autoRecharge, ShopAccounts accounts, ShopLedger ledger) {
            this.autoRecharge = autoRecharge;
            this.accounts = accounts;
            this.ledger = ledger;
        }

        @Transactional
        public DebitResult signUpAndBuy(String account, int credits, String price) {
            accounts.save(new ShopAccount(account, credits));
            return debit(account, price);
        }

        @Transactional
        public DebitResult buy(String account, String price, Runnable last) {
            entityManager.persist(new ShopOrder(account));
            DebitResult result = debit(account, price);
            last.run();
            return result;
        }

        @Transactional
        public void changeEmail(String account, String email, Runnable meanwhile) {
            ShopAccount loaded = accounts.findById(account).orElseThrow();
            meanwhile.run();
            loaded.setEmail(email);
            debit(account, "5");
        }

        /** Persists what the database would refuse, and never has it written. */
        @Transactional(readOnly = true)
        public Credits look(String account) {
            entityManager.persist(new ShopOrder(account));
            return autoRecharge.balance(AccountId.of(account));
        }

        @Transactional
        public void buyAfterTheCommit(String account, String price) {
            entityManager.persist(new ShopOrder("another"));
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void afterCommit() {
                    debit(account, price);
                }
            });
        }

        private DebitResult debit(String account, String amount) {
            return autoRecharge.debit(Debit.of(
                    AccountId.of(account), Credits.of(amount), UUID.randomUUID().toString(), null));
        }

        String email(String account) {
            return accounts.findById(account).orElseThrow().email();
        }

        boolean isEnabled(String account) {
            return accounts.findById(account).orElseThrow().autoRecharge().isEnabled();
        }

        long orders() {
            return entityManager
                    .createQuery("select count(o) from ShopOrder o", Long.class)
                    .getSingleResult();
        }

        /** The entries of the account's ledger, newest first. */
        List<String> descriptions(String account) {
            return ledger.findTop50ByUserIdOrderBySequenceDesc(account).stream()
                    .map(CreditTransactionEntity::getDescription)
                    .toList();
        }

        BigDecimal balanceAfter(String account, long sequence) {
            return ledger.findById(new CreditTransactionEntity.Key(account, sequence))
                    .orElseThrow()
                    .getBalanceAfter();
        }
    }
}
