package io.autorecharge.examples.nemesis;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import java.util.Random;

/**
 * The accounts: users with auto-recharge enabled and different {@link Cards}, and idlers who have a card and few credits and never gave
 * consent. Buyers have nothing at first: they buy at checkout.
 */
final class Crowd {
    static final int USERS = 24;
    static final int IDLERS = 4;
    static final String IDLER = "idler-";
    static final int BUYERS = 6;
    private static final String USER = "user-";
    private static final String BUYER = "buyer-";

    private static final int START = 60;

    private Crowd() {}

    static AccountId user(int number) {
        return AccountId.of(USER + number);
    }

    /** A random user; some are chosen much more often than others. */
    static AccountId user(Random random) {
        return user(random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(USERS));
    }

    /** Whether the account stays disabled after it was disabled once. */
    static boolean leavesForGood(AccountId user) {
        return Integer.parseInt(user.value().substring(USER.length())) % 8 == 7;
    }

    static AccountId buyer(Random random) {
        return AccountId.of(BUYER + random.nextInt(BUYERS));
    }

    static AccountId spender(Random random) {
        if (random.nextInt(10) == 0) {
            return buyer(random);
        }
        return random.nextInt(10) == 0 ? AccountId.of(IDLER + random.nextInt(IDLERS)) : user(random);
    }

    static void settle(AutoRecharge library, Provider provider) {
        for (int i = 0; i < USERS; i++) {
            enable(library, provider, user(i), Cards.of(i), START);
        }
        for (int i = 0; i < IDLERS; i++) {
            AccountId idler = AccountId.of(IDLER + i);
            cards(library, provider, idler, Cards.GOOD);
            credit(library, idler, START);
        }
    }

    static void enable(AutoRecharge library, Provider provider, AccountId account, Cards cards, int credits) {
        cards(library, provider, account, cards);
        credit(library, account, credits);
        library.configure(account, new Settings(true, Terms.PACKAGE, Credits.of(10)), Terms.CONSENT);
    }

    private static void cards(AutoRecharge library, Provider provider, AccountId account, Cards cards) {
        String customer = provider.customer();
        String card = provider.card(customer, cards.primary);
        library.savePaymentMethod(account, new PaymentMethod(customer, card, "visa", "4242", "fp-" + account));
        if (cards.backup != null) {
            String backup = provider.card(customer, cards.backup);
            library.addPaymentMethod(
                    account, new PaymentMethod(customer, backup, "mastercard", "4444", "fp-backup-" + account));
        }
    }

    private static void credit(AutoRecharge library, AccountId account, int credits) {
        library.grant(new Grant(account, Credits.of(credits), Category.PAID, "start", "Start"));
    }
}
