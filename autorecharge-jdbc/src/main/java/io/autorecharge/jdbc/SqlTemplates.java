package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Fills the placeholders of statements once, when a store is created. {@code {id}}, {@code {credits}} and {@code {email}} stand for the
 * columns of the accounts table; {@code {accounts}}, its name, is left to {@link TableNames}. {@code {balance}}, {@code {sum}} and {@code {threshold}} stand for amounts of the account's row,
 * whose alias is {@code a}. {@code {smallest}}, {@code {least}} and {@code {greatest}} stand for the range of the balance column.
 * {@code {pg: …}}, {@code {h2: …}} and {@code {mariadb: …}} are for one database only.
 */
final class SqlTemplates {
    private static final Pattern FRAGMENT = Pattern.compile("\\{(pg|h2|mariadb):([^}]*)}");

    /** No balance type that is rounded when read goes beyond this, and no sensible threshold does. */
    private static final String READ_AS = "decimal(25, 6)";

    private final Dialect dialect;
    private final AccountsTable accounts;
    private final Map<String, String> words;

    /** @param threshold for accounts whose own threshold is missing or not a number */
    SqlTemplates(Dialect dialect, AccountsTable accounts, Credits threshold) {
        this.dialect = dialect;
        this.accounts = accounts;
        words = Map.ofEntries(
                Map.entry("{id}", dialect.quoted(accounts.id())),
                Map.entry("{id_type}", accounts.idType().sqlType()),
                Map.entry("{credits}", dialect.quoted(accounts.balance())),
                Map.entry("{email}", accounts.email().map(dialect::quoted).orElse("null")),
                Map.entry("{balance}", balance()),
                Map.entry("{sum}", sum()),
                Map.entry("{threshold}", threshold(threshold)),
                Map.entry("{sound}", soundId()),
                Map.entry("{smallest}", accounts.balanceType().smallest().toString()),
                Map.entry("{least}", accounts.balanceType().least().toString()),
                Map.entry("{greatest}", accounts.balanceType().greatest().toString()),
                // This lock allows the host to insert rows that refer to the account.
                Map.entry("{locked}", dialect == Dialect.POSTGRESQL ? "for no key update" : "for update"));
    }

    Dialect dialect() {
        return dialect;
    }

    AccountsTable accounts() {
        return accounts;
    }

    String of(String text) {
        String spoken = FRAGMENT.matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(
                        found.group(1).equals(dialect.tag()) ? found.group(2).strip() : ""));
        for (Map.Entry<String, String> word : words.entrySet()) {
            spoken = spoken.replace(word.getKey(), word.getValue());
        }
        return spoken.strip();
    }

    private String balance() {
        String column = "a." + dialect.quoted(accounts.balance());
        if (accounts.isOwn()) {
            return column;
        }
        BalanceType type = accounts.balanceType();
        return type.holdsMoreThanCredits()
                ? guarded(column, Credits.ZERO, type.least(), type.greatest(), "null")
                : "coalesce(" + column + ", 0)";
    }

    /** The balance to add to. A decimal column keeps its places beyond six. A binary fraction is converted to a decimal first. */
    private String sum() {
        return accounts.isOwn() || accounts.balanceType() == BalanceType.DOUBLE
                ? balance()
                : "coalesce(a." + dialect.quoted(accounts.balance()) + ", 0)";
    }

    /** Text ids of the host may be invalid account ids, or too long for the library's columns. */
    private String soundId() {
        String id = "a." + dialect.quoted(accounts.id());
        return accounts.isOwn() || accounts.idType() != IdType.TEXT
                ? ""
                : "and char_length(" + id + ") between 1 and 255 and trim(" + id + ") = " + id;
    }

    private String threshold(Credits usual) {
        String column = "a.auto_recharge_threshold";
        BalanceType type = BalanceType.DOUBLE;
        return accounts.isOwn() ? column : guarded(column, usual, type.least(), type.greatest(), usual.toString());
    }

    /** One row without a valid number must not fail a statement that reads other rows as well. */
    private static String guarded(String column, Credits whenNull, Credits least, Credits greatest, String otherwise) {
        return "(case when " + column + " is null then " + whenNull + " when " + column + " between " + least + " and "
                + greatest + " then cast(" + column + " as " + READ_AS + ") else " + otherwise + " end)";
    }
}
