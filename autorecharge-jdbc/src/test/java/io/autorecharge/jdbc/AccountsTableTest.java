package io.autorecharge.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import io.autorecharge.store.UnknownAccountException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AccountsTableTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "users; drop table users",
                "users--",
                "users\n",
                "1users",
                "us'ers",
                "\"users",
                "\"us\"ers\"",
                "\"us`ers\"",
                "\"us\0ers\"",
                "a23456789012345678901234567890123456789012345678901234567890abcd",
                "a.b.c",
                ".users",
                "users."
            })
    void refuses_what_is_no_name_of_a_table(String name) {
        refuses("table", name, () -> AccountsTable.of(name, "id", IdType.TEXT, "credits", BalanceType.INTEGER));
    }

    @Test
    void names_the_field_of_a_bad_name() {
        refuses("idColumn", "i d", () -> AccountsTable.of("users", "i d", IdType.TEXT, "credits", BalanceType.INTEGER));
        refuses("balanceColumn", "a;b", () -> AccountsTable.of("users", "id", IdType.TEXT, "a;b", BalanceType.INTEGER));
        refuses(
                "emailColumn",
                "e-mail",
                () -> AccountsTable.of("users", "id", IdType.TEXT, "credits", BalanceType.INTEGER)
                        .withEmail("e-mail"));
        refuses("emailColumn", "email", () -> AccountsTable.own().withEmail("email"));
        refuses("foreignKey", "true", () -> AccountsTable.own().withForeignKey());
    }

    private static void refuses(String field, String value, ThrowingCallable call) {
        assertThatExceptionOfType(InvalidValueException.class)
                .isThrownBy(call)
                .returns(field, InvalidValueException::field)
                .returns(Text.shown(value), InvalidValueException::value);
    }

    @Test
    void names_become_parts_of_statements_only_in_quotes() {
        AccountsTable users = AccountsTable.of("Shop.Users", "id", IdType.BIGINT, "\"Credits\"", BalanceType.INTEGER);
        String text = "update {accounts} a set {credits} = 1 where a.{id} = ?";

        assertThat(named(Dialect.POSTGRESQL, users, text))
                .isEqualTo("update \"shop\".\"users\" a set \"Credits\" = 1 where a.\"id\" = ?");
        assertThat(named(Dialect.MARIADB, users, text))
                .isEqualTo("update `Shop`.`Users` a set `Credits` = 1 where a.`id` = ?");
        assertThat(named(Dialect.H2, users, text)).isEqualTo("update Shop.Users a set \"Credits\" = 1 where a.id = ?");
    }

    private static String named(Dialect dialect, AccountsTable users, String text) {
        return TableNames.configured(dialect, users).in(new SqlTemplates(dialect, users, Credits.of(10)).of(text));
    }

    @ParameterizedTest(name = "{0}: {1} to {2} in steps of {3}")
    @CsvSource({
        "integer, -2147483648, 2147483647, 1",
        "INT, -2147483648, 2147483647, 1",
        "bigint, -9223372036854, 9223372036854, 1",
        "double precision, -999999999.999999, 999999999.999999, 0.000001",
        "numeric, -9223372036854.775807, 9223372036854.775807, 0.000001",
        "'numeric(12,2)', -9999999999.99, 9999999999.99, 0.01",
        "'NUMERIC( 5 )', -99999, 99999, 1",
        "'decimal(20, 8)', -999999999999.999999, 999999999999.999999, 0.000001",
        "'numeric(38, 10)', -9223372036854.775807, 9223372036854.775807, 0.000001"
    })
    void a_balance_type_holds_a_range_in_steps(String sql, String least, String greatest, String step) {
        BalanceType type = BalanceType.of(sql);

        assertThat(type.least()).isEqualTo(Credits.of(least));
        assertThat(type.greatest()).isEqualTo(Credits.of(greatest));
        assertThat(type.smallest()).isEqualTo(Credits.of(step));
        assertThat(type.holds(type.greatest())).isTrue();
        assertThat(type.holds(type.least())).isTrue();
        assertThat(type.holds(Credits.of(step))).isTrue();
        assertThat(type.holds(Credits.SMALLEST)).isEqualTo(step.equals("0.000001"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "money", "real", "float", "numeric(0)", "numeric(5,6)", "numeric(6,6)", "numeric(2,-1)"})
    void refuses_what_is_no_balance_type(String sql) {
        refuses("balanceType", sql, () -> BalanceType.of(sql));
    }

    @Test
    void refuses_digits_that_no_database_has() {
        refuses("precision", "0", () -> BalanceType.numeric(0, 0));
        refuses("precision", "132", () -> BalanceType.numeric(132, 0));
        refuses("scale", "-1", () -> BalanceType.numeric(5, -1));
        refuses("scale", "5", () -> BalanceType.numeric(5, 5));
        assertThatThrownBy(() -> BalanceType.of("numeric(5,6)"))
                .hasMessage("balanceType must be valid: its scale must be at least 0 and less than the precision, 5:"
                        + " numeric(5,6)");
    }

    @Test
    void every_amount_of_fifteen_digits_comes_back_from_a_binary_fraction() {
        for (String decimal : new String[] {"0.1", "0.3", "999999999.999999", "-123456789.123457", "0.000001"}) {
            double stored = Credits.of(decimal).toBigDecimal().doubleValue();
            assertThat(new BigDecimal(stored).setScale(6, RoundingMode.HALF_UP))
                    .isEqualTo(Credits.of(decimal).toBigDecimal());
        }
    }

    @Test
    void an_id_has_one_spelling() {
        assertThat(IdType.BIGINT.value(AccountId.of("9223372036854775807"))).isEqualTo(Long.MAX_VALUE);
        assertThat(IdType.of(" UUID ")).isEqualTo(IdType.UUID);
        for (String id : new String[] {"1-1-1-1-1", "7E0D7F8A-5D96-324F-BCC8-40F31BCE72B2", "ann"}) {
            assertThatThrownBy(() -> IdType.UUID.value(AccountId.of(id)))
                    .isInstanceOf(UnknownAccountException.class)
                    .hasMessage("account '" + id + "' is not in a table whose ids are uuid");
        }
        assertThatThrownBy(() -> IdType.of("serial"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessage("idType must be one of text, integer, bigint, uuid: serial");
    }
}
