package io.autorecharge.simulation;

import io.autorecharge.account.Account;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.report.SettingsPreview;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;

/**
 * What accounts do: use credits, change settings, buy, lose a card. Another act needs one more line; the audit sees its effects in the
 * provider's payment history.
 */
final class Crowd {
    private static final int[] PACKAGES = {50, 100};

    private final World world;
    private final Agenda agenda;
    private final SplittableRandom random;
    private final Cluster cluster;
    private final Courier courier;
    private final Complaints complaints;
    private final List<Consumer<AccountId>> acts = new ArrayList<>();
    private boolean over;
    private long references;
    private long debits;

    Crowd(
            World world,
            Agenda agenda,
            SplittableRandom random,
            Cluster cluster,
            Courier courier,
            Complaints complaints) {
        this.world = world;
        this.agenda = agenda;
        this.random = random;
        this.cluster = cluster;
        this.courier = courier;
        this.complaints = complaints;
        act(120, this::use);
        act(4, this::configure);
        act(4, this::buy);
        act(2, this::gift);
        act(2, account -> cluster.call(library -> library.forgetPaymentMethod(account)));
        act(2, account -> cluster.call(library -> library.balanceChanged(account)));
        act(2, this::saveCard);
        act(3, this::addBackup);
        act(2, this::reorder);
        act(1, this.complaints::about);
        courier.whenAuthenticationIsRequired(this::authenticationRequired);
    }

    private void act(int weight, Consumer<AccountId> act) {
        for (int i = 0; i < weight; i++) {
            acts.add(act);
        }
    }

    /** Adds an account, which begins with a purchase. */
    void join(int number) {
        AccountId account = AccountId.of("account-" + number);
        world.accounts.add(account);
        Duration pace = Duration.ofMinutes(random.nextInt(5, 240));
        agenda.in(within(Duration.ofHours(1)), () -> buy(account));
        agenda.in(within(Duration.ofHours(3)), () -> live(account, pace));
    }

    private void live(AccountId account, Duration pace) {
        if (!over) {
            acts.get(random.nextInt(acts.size())).accept(account);
            agenda.in(within(pace.multipliedBy(2)), () -> live(account, pace));
        }
    }

    private void use(AccountId account) {
        String reference = "use-" + ++references;
        Credits amount = Credits.ofMicros(random.nextLong(1, 30_000_000));
        Debit debit = Debit.of(account, amount, reference, null);
        use(random.nextBoolean() ? debit : debit.withOverdraft(), 0);
    }

    private void use(Debit debit, int tries) {
        boolean done = cluster.call(library -> {
            if (!(library.debit(debit) instanceof io.autorecharge.credit.DebitResult.Refused)) {
                world.debited.put(debit.reference(), debit.account());
            }
        });
        debits += done ? 1 : 0;
        // A host retries with the same reference, and sometimes repeats a debit that succeeded.
        if ((!done && tries < 10) || (done && random.nextInt(50) == 0)) {
            agenda.in(within(Duration.ofMinutes(30)), () -> use(debit, tries + 1));
        }
    }

    private void configure(AccountId account) {
        boolean on = random.nextInt(4) > 0;
        Credits threshold = Credits.of(random.nextInt(1, 30));
        Settings settings = new Settings(on, PACKAGES[random.nextInt(PACKAGES.length)], threshold);
        boolean agrees = random.nextInt(5) > 0;
        cluster.call(library -> {
            if (agrees) {
                SettingsPreview shown = library.preview(account, settings);
                library.save(account, settings, Agreement.to("v1").confirming(shown.amount(), shown.max()));
            } else {
                library.configure(account, settings, null);
            }
        });
    }

    private void buy(AccountId account) {
        int credits = PACKAGES[random.nextInt(PACKAGES.length)];
        String consent = random.nextInt(4) > 0 ? "v2" : null;
        cluster.call(library -> {
            CheckoutSession checkout = library.openCheckout(account, credits, consent, null);
            if (random.nextInt(5) > 0) {
                agenda.in(
                        within(Duration.ofMinutes(random.nextInt(10) == 0 ? 1600 : 20)), () -> pay(account, checkout));
            }
        });
    }

    /** The same card with another id, another card, or one without a fingerprint. */
    private void saveCard(AccountId account) {
        PaymentMethod now = world.database
                .plain()
                .store()
                .find(account)
                .map(Account::method)
                .orElse(null);
        PaymentMethod another = card(account);
        PaymentMethod again = new PaymentMethod(
                another.customerId(),
                another.id() + "-again",
                "visa",
                "4242",
                now == null || random.nextInt(10) == 0 ? null : now.fingerprint());
        PaymentMethod saved = random.nextInt(3) > 0 ? again : another;
        cluster.call(library -> library.savePaymentMethod(account, saved));
    }

    private void addBackup(AccountId account) {
        cluster.call(library -> {
            if (library.paymentMethods(account).all().size() < 4) {
                library.addPaymentMethod(account, card(account));
            }
        });
    }

    /** One of the methods becomes primary, or leaves the list. */
    private void reorder(AccountId account) {
        int choice = random.nextInt(4);
        cluster.call(library -> {
            List<SavedMethod> all = library.paymentMethods(account).all();
            if (!all.isEmpty()) {
                String id = all.get(choice % all.size()).method().id();
                if (choice == 3) {
                    library.removePaymentMethod(account, id);
                } else {
                    library.makePrimary(account, id);
                }
            }
        });
    }

    private PaymentMethod card(AccountId account) {
        String card = "pm-" + random.nextInt(1000);
        return new PaymentMethod("cus_" + account, card, "visa", "4242", "fp-" + card);
    }

    /** Most customers open the recovery checkout and pay, some twice; some authenticate the first charge before. */
    private void authenticationRequired(ChargeRequest request) {
        if (random.nextInt(5) == 0) {
            agenda.in(within(Duration.ofHours(2)), () -> courier.authenticate(request));
        }
        for (int times = random.nextInt(3); times > 0; times--) {
            agenda.in(within(Duration.ofHours(3)), () -> recover(request.account()));
        }
    }

    private void recover(AccountId account) {
        boolean pays = random.nextInt(4) > 0;
        cluster.call(library -> library.openRecovery(account)
                .filter(checkout -> pays)
                .ifPresent(checkout -> agenda.in(within(Duration.ofMinutes(60)), () -> pay(account, checkout))));
    }

    private void pay(AccountId account, CheckoutSession checkout) {
        PaymentMethod method = card(account);
        if (world.checkouts.pay(checkout.sessionId(), method)) {
            courier.paid(checkout.sessionId());
            if (random.nextBoolean()) {
                cluster.call(library -> library.refreshCheckouts(account));
            }
        }
    }

    private void gift(AccountId account) {
        Credits amount = Credits.of(random.nextInt(1, 20));
        Grant grant = new Grant(account, amount, Category.PROMOTIONAL, "gift-" + ++references, "Gift");
        cluster.call(library -> library.grant(grant));
    }

    /** Ends all activity. */
    void leave() {
        over = true;
        complaints.lastReports();
    }

    long debits() {
        return debits;
    }

    private Duration within(Duration most) {
        return Duration.ofMillis(random.nextLong(most.toMillis() + 1));
    }
}
