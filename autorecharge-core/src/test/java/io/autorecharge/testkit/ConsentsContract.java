package io.autorecharge.testkit;

import static io.autorecharge.testkit.Rows.NOW;
import static io.autorecharge.testkit.Rows.attempt;
import static io.autorecharge.testkit.Rows.recharge;
import static io.autorecharge.testkit.Rows.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.account.AgreedPackage;
import io.autorecharge.account.Consent;
import io.autorecharge.account.ConsentRecord;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Money;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.store.Recharge;
import io.autorecharge.store.StoreException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rules of the records of what users agreed to, and of the prices that agreements from before are bound by. */
abstract class ConsentsContract extends PauseContract {
    private static final AgreedPackage PACKAGE = new AgreedPackage(100, Credits.of("20.5"), Money.of("9.99", "USD"));

    private static ConsentRecord given(AccountId account, int number) {
        return new ConsentRecord(
                account,
                number,
                ConsentRecord.Kind.GIVEN,
                "v1",
                "a".repeat(64),
                PACKAGE,
                Money.of("45.50", "EUR"),
                new ConsentRecord.Limits(Credits.of("10.000001"), 10, Duration.ofHours(24), Money.of("200.00", "USD")),
                List.of("pm_1", "pm_2"),
                Consent.Source.HOST,
                "alice in support",
                NOW.minusSeconds(1));
    }

    private static ConsentRecord revoked(AccountId account, int number) {
        return new ConsentRecord(
                account,
                number,
                ConsentRecord.Kind.REVOKED,
                "v1",
                null,
                null,
                null,
                null,
                List.of(),
                Consent.Source.SETTINGS,
                ConsentRecord.USER,
                NOW);
    }

    @Test
    void records_of_agreements_are_read_as_they_were_written_in_their_order() {
        write(store(), ann, tx -> {
            tx.save(given(ann, 1));
            tx.save(revoked(ann, 2));
        });
        write(store(), ben, tx -> tx.save(revoked(ben, 1)));
        write(store(), ann, tx -> tx.save(given(ann, 3)));

        assertThat(store().consents(ann)).containsExactly(given(ann, 1), revoked(ann, 2), given(ann, 3));
        assertThat(store().consents(ben)).containsExactly(revoked(ben, 1));
    }

    @Test
    void a_record_of_an_agreement_is_never_replaced() {
        write(store(), ann, tx -> tx.save(given(ann, 1)));

        assertThatThrownBy(() -> write(store(), ann, tx -> tx.save(revoked(ann, 1))))
                .isInstanceOf(StoreException.class);
        assertThat(store().consents(ann)).containsExactly(given(ann, 1));
    }

    @Test
    void a_record_of_an_agreement_is_rolled_back_with_its_transaction() {
        assertThatThrownBy(() -> write(store(), ann, tx -> {
                    tx.save(given(ann, 1));
                    throw new IllegalStateException("stop");
                }))
                .hasMessage("stop");

        assertThat(store().consents(ann)).isEmpty();
    }

    @Test
    void a_recharge_names_the_agreement_that_it_rests_on() {
        Recharge plain = recharge(ann, "r1", NOW);
        Recharge named = new Recharge(
                ann,
                plain.id(),
                plain.trigger(),
                plain.state(),
                plain.packageCredits(),
                plain.credits(),
                plain.bonus(),
                plain.price(),
                plain.balance(),
                plain.openedAt(),
                null,
                1,
                null,
                7);
        write(store(), ann, tx -> tx.open(named, attempt(ann, "r1", NOW)));
        write(store(), ben, tx -> tx.open(recharge(ben, "r1", NOW), attempt(ben, "r1", NOW)));

        assertThat(store().recharges(ann, 1).get(0).recharge()).isEqualTo(named);
        assertThat(store().recharges(ben, 1).get(0).recharge().consent()).isNull();
        write(
                store(),
                ann,
                tx -> assertThat(tx.rechargeOf(new AttemptId("r1-1"))
                                .orElseThrow()
                                .recharge()
                                .consent())
                        .isEqualTo(7));
    }

    @Test
    void the_first_prices_stay_whatever_is_recorded_later() {
        AgreedPackage small = new AgreedPackage(50, Credits.ZERO, Money.of("4.99", "USD"));
        store().recordFirstPrices(List.of(PACKAGE, small), NOW);
        List<AgreedPackage> first = store().firstPrices();
        store().recordFirstPrices(List.of(new AgreedPackage(50, Credits.ZERO, Money.of("6.00", "USD"))), NOW);

        assertThat(first).isNotEmpty().isSortedAccordingTo((a, b) -> Integer.compare(a.credits(), b.credits()));
        assertThat(store().firstPrices()).isEqualTo(first);
        write(store(), ann, tx -> assertThat(tx.firstPrices()).isEqualTo(first));
    }
}
