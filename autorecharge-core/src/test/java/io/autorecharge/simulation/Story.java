package io.autorecharge.simulation;

import static io.autorecharge.simulation.Stage.ALICE;

import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.gateway.CheckoutSession;
import io.autorecharge.gateway.Outcome.Declined.Kind;
import io.autorecharge.gateway.Outcome.NotSubmitted.Reason;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** The ways through the protocol whose every call is made to go wrong. */
public enum Story {
    /** A debit crosses the threshold; the card is charged; the webhook tells of it again. */
    CHARGED(true, stage -> charge(stage, s -> {})),
    /** The same, and no webhook ever comes. */
    CHARGED_UNTOLD(false, stage -> charge(stage, s -> {})),
    /** The card has no money today. */
    DECLINED(true, stage -> charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT))),
    /** The card must not be tried again. */
    STOPPED(true, stage -> charge(stage, s -> s.world.provider.declineNext(StopWatch.NEVER_AGAIN, Kind.HARD))),
    /** The bank wants the customer. */
    ACTION_REQUIRED(true, stage -> charge(stage, s -> s.world.provider.requireActionNext())),
    /** The answer of a charge is lost, and the next look finds it. */
    LOOKED_UP(false, stage -> again(stage, s -> s.world.provider.timeOutAfterCaptureNext())),
    /** The request is lost, and the next look sends it again. */
    SENT_AGAIN(false, stage -> again(stage, s -> s.world.provider.timeOutBeforeCaptureNext())),
    /** The provider is busy, and the next look sends it again. */
    REFUSED(false, stage -> again(stage, s -> s.world.provider.refuseNext(Reason.BUSY))),
    /** A bank debit that is paid days later. */
    PROCESSING(true, stage -> process(stage, true)),
    /** A bank debit that fails, of which no webhook tells. */
    PROCESSING_FAILED(false, stage -> process(stage, false)),
    /** The user switches auto-recharge on while the balance is low. */
    SWITCHED_ON(true, Story::switchOn),
    /** The user switches auto-recharge off after a charge, of which something may still be unknown. */
    SWITCHED_OFF(false, stage -> {
        charge(stage, s -> {});
        switchOff(stage);
    }),
    /** The same while the first request is still on its way, and has been sent again. */
    LATE_AND_SWITCHED_OFF(false, stage -> {
        charge(stage, s -> s.world.nextArrivesLate());
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
        switchOff(stage);
    }),
    /** The same, for a charge that the provider refused clearly. */
    REFUSED_AND_SWITCHED_OFF(false, stage -> {
        charge(stage, s -> s.world.provider.refuseNext(Reason.BUSY));
        switchOff(stage);
    }),
    /** All nodes are down for longer than the provider remembers keys, after a request that never arrived. */
    OUTAGE(false, stage -> {
        charge(stage, s -> s.world.provider.timeOutBeforeCaptureNext());
        stage.pass(Duration.ofHours(25));
        stage.tick();
    }),
    /** The answer of a charge is lost, and for more than a day the provider cannot tell what became of it. */
    LIST_DOWN(false, stage -> {
        stage.world.provider.failLookUps(false);
        charge(stage, s -> s.world.provider.timeOutAfterCaptureNext());
        stage.pass(Duration.ofHours(26));
        stage.tick();
        stage.world.provider.answerLookUps();
    }),
    /** Somebody reports a payment of another amount, under a reference that nobody was charged for. */
    FORGED(true, stage -> {
        charge(stage, s -> s.world.provider.timeOutBeforeCaptureNext());
        stage.forged();
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
        stage.forged();
    }),
    /** A charge that was declined is paid in the end, by somebody's hand at the provider. */
    DECLINED_AND_PAID(true, stage -> {
        charge(stage, s -> s.world.provider.declineNext("insufficient_funds", Kind.SOFT));
        stage.paidByHand();
        stage.webhooks();
    }),
    /** A purchase on the page switches auto-recharge on; then a debit crosses the threshold. */
    BOUGHT(true, Story::buy),
    /** The same, and no webhook ever comes. */
    BOUGHT_UNTOLD(false, Story::buy),
    /** A charge is refunded in parts; one part fails, the reports come again backwards, and the user saves the settings. */
    REFUNDED(false, Story::refund),
    /** A charge whose answer was lost is refunded before anybody here knows that it was paid. */
    REFUNDED_UNKNOWN(false, stage -> {
        charge(stage, s -> s.world.provider.timeOutAfterCaptureNext());
        stage.customer.refunded(301);
        stage.must(stage.customer::reportsNow);
        stage.pass(Duration.ofSeconds(130));
        stage.tick();
    }),
    /** A purchase on the page is refunded, bonus and all. */
    PURCHASE_REFUNDED(false, stage -> {
        buy(stage);
        stage.customer.refunded(333);
        stage.must(stage.customer::reportsNow);
        stage.customer.refunded(900);
        stage.must(stage.customer::reportsNow);
    }),
    /** A charge is disputed, its money withdrawn and won; the settings end nothing, a purchase on the page does. */
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
    /** The customer whom the bank wanted pays the recharge on a page. */
    RECOVERED(false, stage -> {
        recover(stage);
        stage.customer.paysOnPages(Stage.CARD);
        refresh(stage);
        debit(stage, "200", "use-2");
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
    }),
    /** She saves her settings while the page is open, which allows one more try, and then pays on it all the same. */
    RECOVERY_OPEN(false, stage -> {
        recover(stage);
        save(stage);
        stage.pass(Duration.ofMinutes(61));
        stage.tick();
        stage.customer.paysOnPages(Stage.CARD);
        refresh(stage);
    }),
    /** The customer authenticated the first charge before she asked for the page, and nobody told of it. */
    AUTHENTICATED(false, stage -> {
        charge(stage, s -> s.world.provider.requireActionNext());
        stage.customer.authenticates();
        openRecovery(stage);
        stage.customer.paysOnPages(Stage.CARD);
        refresh(stage);
    }),
    /** The first charge is paid by somebody's hand while its page is open, and the page too if it can be. */
    RECOVERED_AND_PAID(true, stage -> {
        recover(stage);
        stage.paidByHand();
        stage.webhooks();
        for (int hours = 0; hours < 7; hours++) {
            stage.pass(Duration.ofMinutes(61));
            stage.tick();
        }
        stage.customer.paysOnPages(Stage.CARD);
        refresh(stage);
    }),
    /** The page is paid, and the first charge after it, by somebody's hand. */
    PAID_TWICE(true, stage -> {
        recover(stage);
        stage.customer.paysOnPages(Stage.CARD);
        stage.webhooks();
        stage.paidByHand();
        stage.webhooks();
        stage.customer.refunded(900);
        stage.webhooks();
    }),
    /** A card that was stopped is saved again under another id; then another one is. */
    SAVED_AGAIN(false, Story::saveAgain),
    /** A charge that was paid is reported as failed. */
    CONTRADICTED(true, stage -> {
        charge(stage, s -> {});
        stage.must(stage.customer::reportsFailures);
        stage.must(stage.customer::reportsFailures);
        stage.webhooks();
    });

    /** Those whose pairs of faults are played too: the charge, and everything that takes it up again. */
    public static final List<Story> CHARGE_PATH =
            List.of(CHARGED_UNTOLD, LOOKED_UP, SENT_AGAIN, REFUSED, SWITCHED_OFF, REFUNDED_UNKNOWN);

    private final boolean webhooks;
    private final Consumer<Stage> teller;

    Story(boolean webhooks, Consumer<Stage> teller) {
        this.webhooks = webhooks;
        this.teller = teller;
    }

    void play(Database database, PlannedFaults plan, Consumer<World> audience) {
        Stage stage = new Stage(database, plan, webhooks);
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

    private static void debit(Stage stage, String credits, String reference) {
        stage.must(library -> {
            library.debit(Debit.of(ALICE, Credits.of(credits), reference, null).withOverdraft());
            stage.world.debited.put(reference, ALICE);
            return true;
        });
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
        // She asks twice, and has one page.
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
            CheckoutSession page = library.openCheckout(ALICE, 100, "v1", null);
            stage.pay(page);
            return true;
        });
        stage.webhooks();
        stage.must(library -> {
            library.refreshCheckouts(ALICE);
            return true;
        });
        debit(stage, "115", "use-page");
        stage.tick();
    }
}
