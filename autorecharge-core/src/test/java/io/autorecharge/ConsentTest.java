package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.account.ConsentRecord.Kind;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.Settings;
import io.autorecharge.credit.Category;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Grant;
import io.autorecharge.credit.Money;
import io.autorecharge.event.AutoRechargeEvent;
import io.autorecharge.event.EventType;
import io.autorecharge.gateway.CheckoutId;
import io.autorecharge.gateway.CheckoutOutcome;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.policy.Bonus;
import io.autorecharge.policy.CreditPackage;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PackageCatalog;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.policy.Sizing;
import io.autorecharge.report.PaymentEvidence;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.Status;
import io.autorecharge.testkit.InMemoryStore;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a user has agreed to is recorded and never forgotten, each recharge names it, and no credit costs more than that. */
class ConsentTest {
    private static final Settings ON = new Settings(true, 100, Credits.of(10));
    private static final Settings OFF = new Settings(false, 100, Credits.of(10));
    private static final PaymentMethod BACKUP = new PaymentMethod("cus_1", "pm_2", "visa", "1881", "fp_2");

    private Rig rig = new Rig().alone();

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void switching_on_changing_and_switching_off_each_add_a_record_and_change_none() {
        rig.enabled(ALICE, "50");
        rig.library.save(ALICE, ON, Agreement.bySwitchingOn("v1"));
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.clock.advance(Duration.ofDays(1));
        rig.library.save(ALICE, ON, Agreement.to("v1").confirming(usd("0.00"), usd("18.00")));
        rig.library.save(ALICE, OFF, Agreement.none().by("support: ben"));
        rig.library.save(ALICE, ON, Agreement.recordedBy("support: ben", "phone-2"));

        assertThat(records())
                .extracting(
                        ConsentRecord::number,
                        ConsentRecord::kind,
                        ConsentRecord::version,
                        ConsentRecord::max,
                        ConsentRecord::methods,
                        ConsentRecord::source,
                        ConsentRecord::actor)
                .containsExactly(
                        tuple(1, Kind.GIVEN, "v1", usd("9.00"), List.of("pm_1"), Consent.Source.SETTINGS, "USER"),
                        tuple(2, Kind.METHOD_ADDED, "v1", null, List.of("pm_2"), Consent.Source.SETTINGS, "USER"),
                        tuple(
                                3,
                                Kind.GIVEN,
                                "v1",
                                usd("18.00"),
                                List.of("pm_1", "pm_2"),
                                Consent.Source.SETTINGS,
                                "USER"),
                        tuple(4, Kind.REVOKED, "v1", null, List.of(), Consent.Source.SETTINGS, "support: ben"),
                        tuple(
                                5,
                                Kind.GIVEN,
                                "phone-2",
                                usd("9.00"),
                                List.of("pm_1", "pm_2"),
                                Consent.Source.HOST,
                                "support: ben"));
        ConsentRecord first = records().get(0);
        assertThat(first.bought()).isEqualTo(new AgreedPackage(100, Credits.of(20), usd("9.00")));
        assertThat(first.limits()).isEqualTo(new ConsentRecord.Limits(Credits.of(10), 10, Duration.ofHours(24), null));
        assertThat(records().get(2).at())
                .as("each record has its own time")
                .isEqualTo(first.at().plus(Duration.ofDays(1)));
    }

    @Test
    void a_record_names_the_text_by_its_hash_if_the_host_has_given_it() {
        AutoRecharge library = AutoRecharge.builder(rig.policy, rig.store, rig.gateway)
                .clock(rig.clock)
                .consentText("v1", "I agree.")
                .build();
        library.save(ALICE, ON, Agreement.bySwitchingOn("v1"));
        library.save(ALICE, ON, Agreement.to("v2"));
        library.close();

        assertThat(records())
                .extracting(ConsentRecord::version, ConsentRecord::textHash)
                .containsExactly(
                        tuple("v1", "826ff0dab649a97ffdd7779a332accafb35cc161012253a19383db19289d6e02"),
                        tuple("v2", null));
    }

    @Test
    void every_recharge_names_the_record_in_force_when_it_was_opened() {
        rig.enabled(ALICE, "5");
        rig.check();
        rig.clock.advance(Duration.ofHours(1));
        rig.library.save(ALICE, ON, Agreement.to("v2"));
        rig.debit("120", "use");
        rig.check();

        assertThat(rig.library.recharges(ALICE, 10))
                .extracting(it -> it.recharge().consent())
                .containsExactly(2, 1);
    }

    @Test
    void a_checkout_that_switches_on_is_recorded_with_its_price_and_the_card_that_it_saved() {
        rig.library.openCheckout(ALICE, Agreement.bySwitchingOn("v7"), 250, null);
        rig.settle(
                rig.library,
                ALICE,
                new CheckoutId("id-1"),
                new CheckoutOutcome.Paid(
                        "pi_1", usd("20.00"), new PaymentMethod("cus_alice", "pm_9", "visa", "4242", "fp_9")));

        assertThat(records())
                .extracting(ConsentRecord::kind, ConsentRecord::version, ConsentRecord::source, ConsentRecord::bought)
                .containsExactly(
                        tuple(
                                Kind.GIVEN,
                                "v7",
                                Consent.Source.CHECKOUT,
                                new AgreedPackage(250, Credits.of(20), usd("20.00"))),
                        tuple(Kind.METHOD_ADDED, "v7", Consent.Source.SETTINGS, null));
    }

    @Test
    void a_higher_price_is_held_reported_once_and_charged_after_the_user_has_agreed_to_it() {
        rig.enabled(ALICE, "50");
        rig.library.save(ALICE, ON, Agreement.to("v1").confirming(usd("0.00"), usd("90.00")));
        Rig dearer = selling(rig.store, "9.01");
        assertThat(dearer.library.status(ALICE).state()).isEqualTo(Status.State.INCOMPLETE);
        assertThat(dearer.library.status(ALICE).reason())
                .as("before the balance is low")
                .isEqualTo("PRICE_CHANGED");

        dearer.debit("45", "use");
        dearer.check();
        dearer.check();

        assertThat(dearer.gateway.captures()).isEmpty();
        assertThat(dearer.events)
                .filteredOn(it -> it.type() == EventType.PRICE_CHANGED)
                .extracting(AutoRechargeEvent::credits, AutoRechargeEvent::amount, AutoRechargeEvent::agreedPackage)
                .containsExactly(
                        tuple(Credits.of(100), usd("9.01"), new AgreedPackage(100, Credits.of(20), usd("9.00"))));

        SaveResult old =
                dearer.library.save(ALICE, ON, Agreement.to("v1").confirming(usd("9.00"), usd("90.00"), usd("9.00")));
        assertThat(old).as("another price was shown").isInstanceOf(SaveResult.AmountChanged.class);
        dearer.library.save(ALICE, ON, Agreement.to("v1").confirming(usd("9.01"), usd("90.00"), usd("9.01")));
        dearer.check();

        assertThat(dearer.gateway.captures()).hasSize(1);
        assertThat(dearer.lastRecharge().recharge().consent()).isEqualTo(3);
        dearer.close();
    }

    @Test
    void the_event_says_what_was_agreed_to_also_where_that_is_from_before() {
        rig.enabled(ALICE, "5");
        rig.library.installation();
        asBefore();
        Rig dearer = selling(rig.store, "9.01");

        dearer.check();

        assertThat(dearer.gateway.captures()).isEmpty();
        assertThat(dearer.events)
                .filteredOn(it -> it.type() == EventType.PRICE_CHANGED)
                .extracting(AutoRechargeEvent::agreedPackage)
                .containsExactly(new AgreedPackage(100, Credits.of(20), usd("9.00")));
        dearer.close();
    }

    @Test
    void a_lower_price_is_charged() {
        rig.enabled(ALICE, "5");
        Rig cheaper = selling(rig.store, "8.99");

        cheaper.check();

        assertThat(cheaper.lastRecharge().recharge().price()).isEqualTo(usd("8.99"));
        cheaper.close();
    }

    @Test
    void fewer_bonus_credits_for_the_same_price_are_a_higher_price() {
        rig.enabled(ALICE, "5");
        Rig less = new Rig(b -> b.bonus(Bonus.fixed(Credits.of("19.999999"))), rig.store).alone();

        less.check();

        assertThat(less.gateway.captures()).isEmpty();
        assertThat(less.library.status(ALICE).reason()).isEqualTo(HoldReason.PRICE_CHANGED.name());
        less.close();
    }

    @Test
    void a_withdrawn_package_is_held_with_an_event() {
        rig.enabled(ALICE, "5");
        Rig other = new Rig(RechargePolicy.ofDefaults(PackageCatalog.of(Rig.pack(50, "5.00"))), rig.store).alone();

        other.check();
        other.check();

        assertThat(other.gateway.captures()).isEmpty();
        assertThat(other.events)
                .extracting(AutoRechargeEvent::type, AutoRechargeEvent::reason)
                .containsExactly(tuple(EventType.RECHARGE_HELD, HoldReason.PACKAGE_NOT_OFFERED.name()));
        other.close();
    }

    @Test
    void a_smaller_package_with_dearer_credits_is_held_until_the_user_agrees_and_a_cheaper_one_is_not() {
        rig.enabled(ALICE, "5");
        rig.library.save(ALICE, ON, Agreement.to("v1").confirming(usd("9.00"), usd("40.00")));

        rig.library.save(ALICE, new Settings(true, 50, Credits.of(10)), Agreement.bySwitchingOn("v1"));
        rig.check();
        assertThat(rig.gateway.captures()).as("0.10 instead of 0.09").isEmpty();
        assertThat(rig.library.status(ALICE).reason()).isEqualTo(HoldReason.PRICE_CHANGED.name());

        rig.library.save(ALICE, new Settings(true, 250, Credits.of(10)), Agreement.bySwitchingOn("v1"));
        rig.check();
        assertThat(rig.lastRecharge().recharge().price()).as("0.08").isEqualTo(usd("20.00"));
    }

    @Test
    void an_attempt_that_was_refused_is_not_sent_again_at_a_price_that_is_not_agreed_to_any_more() {
        rig.enabled(ALICE, "5");
        rig.gateway.refuseNext(Outcome.NotSubmitted.Reason.REJECTED);
        rig.check();
        agreeTo("8.99");

        rig.clock.advance(Duration.ofHours(2));
        rig.check();

        assertThat(rig.gateway.captures()).isEmpty();
    }

    @Test
    void a_backup_is_not_charged_at_a_price_that_is_not_agreed_to_any_more() {
        rig.enabled(ALICE, "5");
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.gateway.decideBy(request -> {
            agreeTo("8.99");
            rig.gateway.declineNext("do_not_honor", Outcome.Declined.Kind.SOFT);
        });

        rig.check();

        assertThat(rig.gateway.captures()).isEmpty();
        assertThat(rig.store.attempts(ALICE, rig.lastRecharge().recharge().id()))
                .hasSize(1);
    }

    @Test
    void an_agreement_from_before_is_bound_by_the_prices_of_the_first_start_and_recorded_when_it_is_used() {
        rig.enabled(ALICE, "5");
        asBefore();

        rig.check();

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(records())
                .last()
                .extracting(ConsentRecord::source, ConsentRecord::actor, ConsentRecord::bought, ConsentRecord::max)
                .containsExactly(
                        Consent.Source.MIGRATION,
                        ConsentRecord.SYSTEM,
                        new AgreedPackage(100, Credits.of(20), usd("9.00")),
                        usd("9.00"));
        assertThat(rig.lastRecharge().recharge().consent()).isEqualTo(records().size());
    }

    @Test
    void a_charge_to_a_target_costs_no_more_a_credit_than_the_package() {
        for (int whole = 0; whole < 2; whole++) {
            for (int i = 1; i < 300; i += 7) {
                CreditPackage pack = Rig.pack(7, "3." + (10 + i % 80));
                RechargePolicy policy = RechargePolicy.builder(PackageCatalog.of(pack))
                        .bonus(Bonus.none())
                        .threshold(Credits.of(5))
                        .sizing(Sizing.target(Credits.of(1000)))
                        .maxAmount(usd((20 + i) + ".0" + i % 10))
                        .build();
                Rig own = new Rig(whole == 0 ? policy : policy.forLedger(Credits.of(1)), new InMemoryStore()).alone();
                own.library.grant(new Grant(ALICE, Credits.of(1 + i % 4), Category.PAID, "start", "Start"));
                own.card(ALICE, Rig.CARD);
                own.confirmed(ALICE, new Settings(true, 7, Credits.of(5)), "500.00");
                own.check();

                var recharge = own.lastRecharge().recharge();
                assertThat(policy.offer(pack).covers(recharge.credits(), recharge.price()))
                        .as("%s: %s for %s", pack, recharge.credits(), recharge.price())
                        .isTrue();
                own.close();
            }
        }
    }

    @Test
    void the_evidence_of_a_payment_has_its_agreement_its_charge_what_it_bought_and_what_was_used_since() {
        rig.enabled(ALICE, "5");
        rig.library.addPaymentMethod(ALICE, BACKUP);
        rig.debit("1", "before");
        rig.gateway.declineNext("do_not_honor", Outcome.Declined.Kind.SOFT);
        rig.check();
        rig.debit("3", "job-1");
        rig.debit("4.5", "job-2");
        rig.library.save(ALICE, OFF, Agreement.none());
        String payment = rig.lastRecharge().attempt().providerReference();

        PaymentEvidence evidence = rig.library.evidence(ALICE, payment).orElseThrow();

        assertThat(evidence.agreement().number()).isEqualTo(1);
        assertThat(evidence.agreements())
                .extracting(ConsentRecord::kind)
                .containsExactly(Kind.GIVEN, Kind.METHOD_ADDED, Kind.REVOKED);
        assertThat(evidence.recharge()).isEqualTo(rig.lastRecharge().recharge());
        assertThat(evidence.attempts()).extracting(it -> it.paymentMethodId()).containsExactly("pm_1", "pm_2");
        assertThat(evidence.purchase().amount()).isEqualTo(Credits.of(100));
        assertThat(evidence.linked())
                .extracting(it -> it.description())
                .containsExactly("Auto-recharge bonus: 20 credits");
        assertThat(evidence.usage()).extracting(it -> it.reference()).containsExactly("job-1", "job-2");
        assertThat(evidence.debits()).isEqualTo(2);
        assertThat(evidence.used()).isEqualTo(Credits.of("7.5"));
        assertThat(rig.library.evidence(ALICE, "pi_other")).isEmpty();
    }

    private static Rig selling(InMemoryStore store, String price) {
        return new Rig(RechargePolicy.ofDefaults(PackageCatalog.of(Rig.pack(100, price))), store).alone();
    }

    /** The user agrees to another price, as in a version of the configuration that this process does not have yet. */
    private void agreeTo(String price) {
        rig.store.inTransaction(ALICE, tx -> {
            Consent given = tx.account().state().consent();
            tx.save(tx.account()
                    .state()
                    .withConsent(given.withBought(new AgreedPackage(100, Credits.of(20), usd(price)))));
            return tx;
        });
    }

    private void asBefore() {
        rig.store.inTransaction(ALICE, tx -> {
            Consent given = tx.account().state().consent();
            tx.save(tx.account().state().withConsent(new Consent(given.version(), given.at())));
            return tx;
        });
    }

    private List<ConsentRecord> records() {
        return rig.library.consents(ALICE);
    }

    private static Money usd(String amount) {
        return Money.of(amount, "USD");
    }
}
