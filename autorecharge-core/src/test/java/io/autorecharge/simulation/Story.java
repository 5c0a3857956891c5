package io.autorecharge.simulation;

import static io.autorecharge.simulation.Stage.ALICE;

import io.autorecharge.account.MethodPlace;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.PurchaseResult;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The paths through the protocol. Every call on them is made to fail. */
public enum Story {
    /** A debit crosses the threshold; the card is charged; a webhook reports it again. */
    CHARGED(true, stage -> charge(stage, s -> {})),
    /** The same, without any webhook. */
    CHARGED_UNTOLD(false, stage -> charge(stage, s -> {})),
    /** The card has insufficient funds. */
    DECLINED(true, stage -> charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT))),
    /** The card must not be charged again. */
    STOPPED(true, stage -> charge(stage, s -> s.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD))),
    /** The bank requires authentication. */
    ACTION_REQUIRED(true, stage -> charge(stage, s -> s.world.provider.requireActionNext())),
    /** The answer of a charge is lost, and the next check finds it. */
    LOOKED_UP(false, stage -> again(stage, s -> s.world.provider.timeOutAfterCaptureNext())),
    /** The request is lost, and the next check repeats it. */
    SENT_AGAIN(false, stage -> again(stage, s -> s.world.provider.timeOutBeforeCaptureNext())),
    /** The provider is busy, and the next check repeats the request. */
    REFUSED(false, stage -> again(stage, s -> s.world.provider.refuseNext(Reason.BUSY))),
    /** A bank debit that is paid days later. */
    PROCESSING(true, stage -> process(stage, true)),
    /** A bank debit that fails, without a webhook. */
    PROCESSING_FAILED(false, stage -> process(stage, false)),
    /** The user enables auto-recharge while the balance is low. */
    SWITCHED_ON(true, Story::switchOn),
    /** The user disables auto-recharge after a charge whose outcome may be unknown. */
    SWITCHED_OFF(false, stage -> {
        charge(stage, s -> {});
        switchOff(stage);
    }),
    /** The same while the first request is in transit and was repeated. */
    LATE_AND_SWITCHED_OFF(false, stage -> {
        charge(stage, s -> s.world.nextArrivesLate());
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
        switchOff(stage);
    }),
    /** The same, for a charge that the provider refused. */
    REFUSED_AND_SWITCHED_OFF(false, stage -> {
        charge(stage, s -> s.world.provider.refuseNext(Reason.BUSY));
        switchOff(stage);
    }),
    /** All nodes are down for longer than the provider keeps idempotency keys, after a request that never arrived. */
    OUTAGE(false, stage -> {
        charge(stage, s -> s.world.provider.timeOutBeforeCaptureNext());
        stage.pass(Duration.ofHours(25));
        stage.tick();
    }),
    /** The answer of a charge is lost, and look-ups fail for more than a day. */
    LIST_DOWN(false, stage -> {
        stage.world.provider.failLookUps(false);
        charge(stage, s -> s.world.provider.timeOutAfterCaptureNext());
        stage.pass(Duration.ofHours(26));
        stage.tick();
        stage.world.provider.answerLookUps();
    }),
    /** A forged report of a payment with another amount and an unknown reference. */
    FORGED(true, stage -> {
        charge(stage, s -> s.world.provider.timeOutBeforeCaptureNext());
        stage.forged();
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
        stage.forged();
    }),
    /** A declined charge is paid later, manually at the provider. */
    DECLINED_AND_PAID(true, stage -> {
        charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT));
        stage.paidByHand();
        stage.webhooks();
    }),
    /** A checkout enables auto-recharge; then a debit crosses the threshold. */
    BOUGHT(true, Story::buy),
    /** The same, without any webhook. */
    BOUGHT_UNTOLD(false, Story::buy),
    /** A charge is refunded in parts; one part fails, the reports are repeated in reverse order, and the user saves the settings. */
    REFUNDED(false, Story::refund),
    /** A charge whose answer was lost is refunded before the library knows that it was paid. */
    REFUNDED_UNKNOWN(false, stage -> {
        charge(stage, s -> s.world.provider.timeOutAfterCaptureNext());
        stage.customer.refunded(301);
        stage.must(stage.customer::reportsNow);
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }),
    /** A checkout is refunded, with its bonus. */
    PURCHASE_REFUNDED(false, stage -> {
        buy(stage);
        stage.customer.refunded(333);
        stage.must(stage.customer::reportsNow);
        stage.customer.refunded(900);
        stage.must(stage.customer::reportsNow);
    }),
    /** A charge is disputed and withdrawn, and the dispute is won; settings do not end the suspension, a checkout does. */
    DISPUTED(false, Story::dispute),
    /** A charge is refunded in part, disputed, and lost. */
    REFUNDED_AND_DISPUTED(false, stage -> {
        charge(stage, s -> {});
        stage.customer.refunded(600);
        stage.must(stage.customer::reportsNow);
        stage.customer.disputed();
        stage.customer.withdrawn();
        stage.must(stage.customer::reportsNow);
        debit(stage, "200", "use-2");
        stage.tick();
    }),
    /** The customer pays a recharge that required authentication by a recovery checkout. */
    RECOVERED(false, stage -> {
        recover(stage);
        stage.customer.paysOpenCheckouts(Stage.CARD);
        refresh(stage);
        debit(stage, "200", "use-2");
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
    }),
    /** The user saves settings while the checkout is open, which permits one more attempt, and then pays the checkout. */
    RECOVERY_OPEN(false, stage -> {
        recover(stage);
        save(stage);
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
        stage.customer.paysOpenCheckouts(Stage.CARD);
        refresh(stage);
    }),
    /** The customer authenticated the first charge before opening the checkout, and no webhook reported it. */
    AUTHENTICATED(false, stage -> {
        charge(stage, s -> s.world.provider.requireActionNext());
        stage.customer.authenticates();
        openRecovery(stage);
        stage.customer.paysOpenCheckouts(Stage.CARD);
        refresh(stage);
    }),
    /** The first charge is paid manually while its checkout is open, and the checkout too if possible. */
    RECOVERED_AND_PAID(true, stage -> {
        recover(stage);
        stage.paidByHand();
        stage.webhooks();
        for (int hours = 0; hours < 7; hours++) {
            stage.pass(Duration.ofMinutes(61));
            stage.tick();
        }
        stage.customer.paysOpenCheckouts(Stage.CARD);
        refresh(stage);
    }),
    /** The checkout is paid, and then the first charge, manually. */
    PAID_TWICE(true, stage -> {
        recover(stage);
        stage.customer.paysOpenCheckouts(Stage.CARD);
        stage.webhooks();
        stage.paidByHand();
        stage.webhooks();
        stage.customer.refunded(900);
        stage.webhooks();
    }),
    /** A stopped card is saved again under another id; then another card is saved. */
    SAVED_AGAIN(false, Story::saveAgain),
    /** The primary card declines, and the backup pays. */
    BACKUP(true, stage -> backup(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT))),
    /** The same, without any webhook. */
    BACKUP_UNTOLD(false, stage -> backup(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT))),
    /** The primary card must not be charged again, the backup pays, and so it does the next time. */
    BACKUP_OF_STOPPED(true, stage -> {
        backup(stage, s -> s.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD));
        debit(stage, "200", "use-2");
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
    }),
    /** The bank wants the customer for the first method, and the second needs nobody. */
    BACKUP_OF_AUTHENTICATION(true, stage -> backup(stage, s -> s.world.provider.requireActionNext())),
    /** The answer about the backup is lost. */
    BACKUP_LOST(false, stage -> {
        backup(stage, s -> {
            s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
            s.world.provider.timeOutAfterCaptureNext();
        });
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }),
    /** The request about the backup is lost, and the user removes the backup. */
    BACKUP_REMOVED(false, stage -> {
        backup(stage, s -> {
            s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
            s.world.provider.timeOutBeforeCaptureNext();
        });
        stage.must(library -> {
            library.removePaymentMethod(ALICE, Stage.OTHER_CARD.id());
            return true;
        });
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }),
    /** Both methods decline, and are tried again after the wait. */
    BOTH_DECLINED(
            true,
            stage -> backup(stage, s -> {
                s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
                s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
            })),
    /** The first method wants the customer and the second declines: the customer pays in a recovery checkout. */
    BACKUP_RECOVERED(false, stage -> {
        backup(stage, s -> {
            s.world.provider.requireActionNext();
            s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
        });
        openRecovery(stage);
        stage.customer.paysOpenCheckouts(Stage.CARD);
        refresh(stage);
    }),
    /** The first method declines, the backup pays, and the first is paid too, manually. */
    BACKUP_AND_FIRST_PAID(true, stage -> {
        backup(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT));
        stage.paidByHand();
        stage.webhooks();
    }),
    /** The first method is paid manually while the answer about the backup is lost. */
    FIRST_PAID_BACKUP_LOST(true, stage -> {
        backup(stage, s -> {
            s.world.provider.declineNext("insufficient_funds", Kind.SOFT);
            s.world.provider.timeOutBeforeCaptureNext();
        });
        stage.paidByHand();
        stage.webhooks();
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }),
    /** The user buys by a click, far above the threshold, and clicks again. */
    CLICKED(true, Story::click),
    /** The same, without any webhook. */
    CLICKED_UNTOLD(false, Story::click),
    /** The answer of the purchase is lost. */
    CLICKED_LOST(false, stage -> {
        stage.prepare("50", true);
        stage.world.provider.timeOutAfterCaptureNext();
        buyNow(stage, "click-1");
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
        buyNow(stage, "click-1");
    }),
    /** The request of the purchase is lost, and its user has gone when that is known. */
    CLICKED_AND_GONE(false, stage -> {
        stage.prepare("50", false);
        stage.world.provider.timeOutBeforeCaptureNext();
        buyNow(stage, "click-1");
        stage.pass(Duration.ofMinutes(11));
        stage.tick();
    }),
    /** The first card declines the purchase, and the backup pays it. */
    CLICKED_BACKUP(false, stage -> {
        stage.prepare("50", false);
        stage.addBackup();
        stage.world.provider.declineNext("insufficient_funds", Kind.SOFT);
        buyNow(stage, "click-1");
        stage.tick();
    }),
    /** The user adds a backup in a checkout without buying; then the primary card declines, and the backup pays. */
    ADDED(true, Story::add),
    /** The same, without any webhook. */
    ADDED_UNTOLD(false, Story::add),
    /** A charge is announced by a slow node, and a fast one looks first when its time is over. */
    ANNOUNCED(true, Stage.ANNOUNCING, stage -> {
        announce(stage);
        stage.pass(Duration.ofMinutes(110));
        stage.otherTick();
        stage.pass(Duration.ofMinutes(21));
        stage.otherTick();
        stage.tick();
        stage.pass(Duration.ofMinutes(20));
        stage.tick();
        stage.webhooks();
        debit(stage, "200", "use-2");
        stage.tick();
    }),
    /** The announced card declines, and the announced backup pays. */
    ANNOUNCED_BACKUP(false, Stage.ANNOUNCING, stage -> {
        stage.prepare("12", true);
        stage.addBackup();
        lowOnSkewedClocks(stage);
        stage.world.provider.declineNext("insufficient_funds", Kind.SOFT);
        stage.pass(Duration.ofMinutes(160));
        stage.tick();
    }),
    /** A backup is added after the announcement: it is announced before it is charged. */
    ANNOUNCED_ANEW(false, Stage.ANNOUNCING, stage -> {
        announce(stage);
        stage.addBackup();
        stage.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD);
        stage.pass(Duration.ofMinutes(160));
        stage.tick();
        stage.pass(Duration.ofMinutes(160));
        stage.tick();
    }),
    /** The balance recovers before the time, and is low again after it. */
    WITHDRAWN(false, Stage.ANNOUNCING, stage -> {
        announce(stage);
        stage.must(library -> {
            library.grant(new Grant(ALICE, Credits.of(50), Category.PAID, "gift", "Gift"));
            return true;
        });
        stage.pass(Duration.ofMinutes(130));
        stage.tick();
        stage.pass(Duration.ofMinutes(30));
        stage.tick();
        debit(stage, "55", "use-2");
        stage.tick();
    }),
    /** The user switches off before the time. */
    ANNOUNCED_AND_SWITCHED_OFF(false, Stage.ANNOUNCING, stage -> {
        announce(stage);
        switchOff(stage);
        stage.pass(Duration.ofMinutes(160));
        stage.tick();
    }),
    /** The card declines, and debits without overdraft use the grace to its end; a retry pays. */
    GRACE(true, Stage.GRACEFUL, stage -> {
        charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT));
        useUp(stage);
    }),
    /** The same, without any webhook, and the bank stops the card at the first retry. */
    GRACE_STOPPED(false, Stage.GRACEFUL, stage -> {
        charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT));
        useUp(stage);
        stage.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD);
        stage.pass(Duration.ofHours(7));
        stage.tick();
        useUp(stage);
    }),
    /** A charge that was paid is reported as failed. */
    CONTRADICTED(true, stage -> {
        charge(stage, s -> {});
        stage.must(stage.customer::reportsFailures);
        stage.must(stage.customer::reportsFailures);
        stage.webhooks();
    });

    /** The stories for pairs of faults: the charge, and everything that resumes it. */
    public static final List<Story> CHARGE_PATH =
            List.of(CHARGED_UNTOLD, LOOKED_UP, SENT_AGAIN, REFUSED, SWITCHED_OFF, REFUNDED_UNKNOWN, BACKUP_UNTOLD);

    private final boolean webhooks;
    private final RechargePolicy policy;
    private final Consumer<Stage> teller;

    Story(boolean webhooks, Consumer<Stage> teller) {
        this(webhooks, Stage.POLICY, teller);
    }

    Story(boolean webhooks, RechargePolicy policy, Consumer<Stage> teller) {
        this.webhooks = webhooks;
        this.policy = policy;
        this.teller = teller;
    }

    void play(Database database, PlannedFaults plan, Consumer<World> audience) {
        Stage stage = new Stage(database, plan, webhooks, policy);
        teller.accept(stage);
        stage.recover(this != PROCESSING_FAILED);
        new Audit(stage.world).run();
        audience.accept(stage.world);
    }

    private static void charge(Stage stage, Consumer<Stage> script) {
        stage.prepare("12", true);
        script.accept(stage);
        debit(stage, "5", "use-1");
        stage.webhooks();
        stage.tick();
    }

    /** The host tries a debit once; some are refused. */
    private static void useUp(Stage stage) {
        for (int i = 0; i < 5; i++) {
            String reference = "grace-" + i;
            stage.must(library -> library.debit(Debit.of(ALICE, Credits.of(7), reference, null)) != null);
        }
    }

    /** The clocks of the two nodes differ by as much as they may. */
    private static void announce(Stage stage) {
        stage.prepare("12", true);
        lowOnSkewedClocks(stage);
    }

    private static void lowOnSkewedClocks(Stage stage) {
        stage.skew(Duration.ofSeconds(599));
        debit(stage, "5", "use-1");
        stage.tick();
    }

    private static void backup(Stage stage, Consumer<Stage> script) {
        stage.prepare("12", true);
        stage.addBackup();
        script.accept(stage);
        debit(stage, "5", "use-1");
        stage.webhooks();
        stage.tick();
        stage.webhooks();
    }

    private static void debit(Stage stage, String credits, String reference) {
        stage.must(library -> {
            library.debit(Debit.of(ALICE, Credits.of(credits), reference, null).withOverdraft());
            stage.world.debited.put(reference, ALICE);
            return true;
        });
    }

    private static void click(Stage stage) {
        stage.prepare("50", true);
        buyNow(stage, "click-1");
        stage.webhooks();
        buyNow(stage, "click-1");
        stage.tick();
    }

    private static void buyNow(Stage stage, String click) {
        Money price = Stage.POLICY.packages().require(100).price();
        stage.must(library -> !(library.purchase(ALICE, 100, price, click) instanceof PurchaseResult.Held));
    }

    private static void add(Stage stage) {
        stage.prepare("12", true);
        stage.must(library -> {
            stage.save(library.openSetup(ALICE, MethodPlace.BACKUP, null), Stage.OTHER_CARD);
            return true;
        });
        stage.webhooks();
        refresh(stage);
        stage.pass(Duration.ofMinutes(11));
        stage.tick();
        stage.world.provider.declineNext("insufficient_funds", Kind.SOFT);
        debit(stage, "5", "use-1");
        stage.tick();
        stage.webhooks();
    }

    private static void again(Stage stage, Consumer<Stage> script) {
        charge(stage, script);
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }

    private static void process(Stage stage, boolean paid) {
        charge(stage, s -> s.world.provider.processNext());
        stage.finish(paid);
        stage.webhooks();
        stage.pass(Duration.ofMinutes(11));
        stage.tick();
    }

    private static void switchOn(Stage stage) {
        stage.prepare("2", false);
        save(stage);
        stage.tick();
        stage.webhooks();
    }

    private static void switchOff(Stage stage) {
        stage.must(library -> !library.configure(ALICE, new Settings(false, 100, Credits.of(10)), null)
                .enabled());
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }

    private static void refund(Stage stage) {
        charge(stage, s -> {});
        stage.customer.refunded(301);
        stage.must(stage.customer::reportsNow);
        stage.customer.refunded(299);
        stage.customer.refunded(300);
        stage.must(stage.customer::reportsNow);
        stage.customer.returned();
        stage.must(stage.customer::reportsBackwards);
        debit(stage, "200", "use-2");
        stage.tick();
        save(stage);
        stage.tick();
    }

    private static void dispute(Stage stage) {
        charge(stage, s -> {});
        stage.customer.disputed();
        stage.must(stage.customer::reportsNow);
        stage.customer.withdrawn();
        stage.must(stage.customer::reportsNow);
        save(stage);
        stage.tick();
        stage.customer.returned();
        stage.must(stage.customer::reportsBackwards);
        debit(stage, "200", "use-2");
        stage.pass(Duration.ofMinutes(61));
        buy(stage);
    }

    private static void save(Stage stage) {
        stage.must(library -> library.configure(ALICE, new Settings(true, 100, Credits.of(10)), "v1")
                .enabled());
    }

    private static void recover(Stage stage) {
        charge(stage, s -> s.world.provider.requireActionNext());
        openRecovery(stage);
        // Two requests, one checkout.
        openRecovery(stage);
    }

    private static void openRecovery(Stage stage) {
        stage.must(library -> {
            library.openRecovery(ALICE);
            return true;
        });
    }

    private static void refresh(Stage stage) {
        stage.must(library -> {
            library.refreshCheckouts(ALICE);
            return true;
        });
    }

    private static void saveAgain(Stage stage) {
        charge(stage, s -> s.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD));
        saveCard(stage, new PaymentMethod("cus_alice", "pm_7", "visa", "4242", Stage.CARD.fingerprint()));
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
        saveCard(stage, Stage.OTHER_CARD);
        stage.tick();
    }

    private static void saveCard(Stage stage, PaymentMethod card) {
        stage.must(library -> {
            library.savePaymentMethod(ALICE, card);
            return true;
        });
    }

    private static void buy(Stage stage) {
        stage.must(library -> {
            CheckoutSession checkout = library.openCheckout(ALICE, 100, "v1", null);
            stage.pay(checkout);
            return true;
        });
        stage.webhooks();
        stage.must(library -> {
            library.refreshCheckouts(ALICE);
            return true;
        });
        debit(stage, "115", "use-checkout");
        stage.tick();
    }
}
