package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t", " a", "a ", "a\nb", "a\u0000b", "a\u2028b", "\uD800", "a\u001B[31m"})
    void refuses_ids_that_cannot_be_stored_compared_or_logged_safely(String value) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccountId(value))
                .withMessageStartingWith("account id ")
                .withMessageNotContaining("\n")
                .withMessageNotContaining("\u001B");
    }

    @Test
    void takes_255_characters_and_no_more() {
        assertThat(new AccountId("x".repeat(255)).value()).hasSize(255);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new AccountId("x".repeat(1_000_000)))
                .withMessageContaining("1000000 characters")
                .satisfies(e -> assertThat(e.getMessage().length()).isLessThan(200));
    }

    @Test
    void keeps_foreign_letters_and_sql_as_they_are() {
        assertThat(new AccountId("zoë'; drop table users; --").value()).isEqualTo("zoë'; drop table users; --");
    }

    @Test
    void a_host_cannot_take_a_reference_of_the_librarys_own() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Debit.of(AccountId.of("a"), Credits.of(1), "autorecharge/pi_1", null))
                .withMessageContaining("reference must not begin with 'autorecharge/'");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        new Grant(AccountId.of("a"), Credits.of(1), Category.PAID, "r", "Auto-recharge: 100 credits"))
                .withMessageContaining("description");
    }

    @Test
    void amounts_of_debits_and_grants_are_more_than_zero() {
        for (Credits bad : new Credits[] {Credits.ZERO, Credits.of(-1)}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Debit.of(AccountId.of("a"), bad, "r", null))
                    .withMessage("amount must be more than zero: " + bad);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new Grant(AccountId.of("a"), bad, Category.PAID, "r", "d"))
                    .withMessage("amount must be more than zero: " + bad);
        }
    }

    @Test
    void a_long_value_is_shown_by_its_first_40_characters() {
        String forty = "0123456789".repeat(4);

        assertThat(Text.shown(forty)).isEqualTo(forty);
        assertThat(Text.shown(forty + "x")).isEqualTo(forty + "…");
    }

    @Test
    void account_ids_sort_by_their_text() {
        assertThat(AccountId.of("b")).isGreaterThan(AccountId.of("a")).isLessThan(AccountId.of("c"));
    }

    @Test
    void a_grant_of_the_hosts_cannot_take_a_reference_of_the_librarys_own_either() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Grant(AccountId.of("a"), Credits.of(1), Category.PAID, "autorecharge/pi_1", "d"))
                .withMessageContaining("reference must not begin with 'autorecharge/'");
    }

    @Test
    void the_references_of_a_purchase_its_bonus_and_its_reversal_differ_and_belong_together() {
        String purchase = Reference.purchase("pi_1");

        assertThat(purchase).isEqualTo("autorecharge/pi_1");
        assertThat(Reference.bonus(purchase)).isEqualTo("autorecharge/pi_1/bonus");
        assertThat(Reference.reversal(purchase, 900, 100)).isEqualTo("autorecharge/pi_1/reversal/900-100");
    }
}
