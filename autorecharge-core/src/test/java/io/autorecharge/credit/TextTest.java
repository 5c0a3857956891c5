package io.autorecharge.credit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNullPointerException;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextTest {
    private static final AccountId ANN = AccountId.of("ann");

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", " ", "\t", " a", "a ", "a\nb", "a\u0000b", "a\u2028b", "\uD800", "a\u001B[31m"})
    void refuses_ids_that_cannot_be_stored_compared_or_logged_safely(String value) {
        Refusal refusal = Refusal.of(() -> new AccountId(value));

        assertThat(refusal.field()).isEqualTo("accountId");
        assertThat(refusal.toString()).doesNotContain("\n", "\u001B", "\u2028");
    }

    @Test
    void accepts_255_characters_and_no_more() {
        assertThat(new AccountId("x".repeat(255)).value()).hasSize(255);
        Refusal.check(
                "accountId",
                "x".repeat(40) + "…",
                "must have at most 255 characters, not 1000000",
                () -> new AccountId("x".repeat(1_000_000)));
    }

    @Test
    void keeps_foreign_letters_and_sql_as_they_are() {
        assertThat(new AccountId("zoë'; drop table users; --").value()).isEqualTo("zoë'; drop table users; --");
    }

    @Test
    void a_host_cannot_use_a_reference_of_the_librarys_own() {
        Refusal.check(
                "reference",
                "autorecharge/pi_1",
                "must not begin with autorecharge/",
                () -> Debit.of(ANN, Credits.of(1), "autorecharge/pi_1", null));
        Refusal.check(
                "description",
                "Auto-recharge: 100 credits",
                "must not begin with Auto-recharge",
                () -> new Grant(ANN, Credits.of(1), Category.PAID, "r", "Auto-recharge: 100 credits"));
    }

    @Test
    void amounts_of_debits_and_grants_are_more_than_zero() {
        for (Credits bad : new Credits[] {Credits.ZERO, Credits.of(-1)}) {
            Refusal.check("amount", bad, "must be positive", () -> Debit.of(ANN, bad, "r", null));
            Refusal.check("amount", bad, "must be positive", () -> new Grant(ANN, bad, Category.PAID, "r", "d"));
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
    void a_grant_of_the_host_cannot_use_a_reference_of_the_librarys_own_either() {
        Refusal.check(
                "reference",
                "autorecharge/pi_1",
                "must not begin with autorecharge/",
                () -> new Grant(ANN, Credits.of(1), Category.PAID, "autorecharge/pi_1", "d"));
    }

    @Test
    void each_refusal_names_its_rule() {
        Refusal.check("accountId", "null", "must be given", () -> new AccountId(null));
        Refusal.check("accountId", " ", "must not be blank", () -> new AccountId(" "));
        Refusal.check("accountId", "a ", "must not begin or end with white space", () -> new AccountId("a "));
        Refusal.check(
                "accountId",
                "a?b",
                "must not contain control characters or half a surrogate pair",
                () -> new AccountId("a\nb"));
        Refusal.check("reference", "null", "must be given", () -> Debit.of(ANN, Credits.of(1), null, null));
    }

    @Test
    void names_the_argument_that_is_null() {
        named("account", () -> Debit.of(null, Credits.of(1), "r", null));
        named("amount", () -> Debit.of(ANN, null, "r", null));
        named("account", () -> new Grant(null, Credits.of(1), Category.PAID, "r", "d"));
        named("category", () -> new Grant(ANN, Credits.of(1), null, "r", "d"));
    }

    @Test
    void a_refusal_can_be_given_the_callers_name_of_the_field() {
        InvalidValueException refusal = new InvalidValueException("maxAmount", 3, "must be at least 5");

        assertThat(refusal.named("autorecharge.max-amount"))
                .hasMessage("autorecharge.max-amount must be at least 5: 3");
    }

    private static void named(String argument, ThrowingCallable what) {
        assertThatNullPointerException().isThrownBy(what).withMessage(argument);
    }

    @Test
    void the_references_of_a_purchase_its_bonus_and_its_reversal_differ_and_belong_together() {
        String purchase = Reference.purchase("pi_1");

        assertThat(purchase).isEqualTo("autorecharge/pi_1");
        assertThat(Reference.bonus(purchase)).isEqualTo("autorecharge/pi_1/bonus");
        assertThat(Reference.reversal(purchase, 900, 100)).isEqualTo("autorecharge/pi_1/reversal/900-100");
    }
}
