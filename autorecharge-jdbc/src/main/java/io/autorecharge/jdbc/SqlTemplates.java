package io.autorecharge.jdbc;

import io.autorecharge.credit.Credits;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes statements out of their texts, once, when a store is built. {@code {accounts}}, {@code {id}}, {@code {credits}} and
 * {@code {email}} stand for the accounts table and its columns, {@code {balance}}, {@code {sum}} and {@code {threshold}} for the credits
 * that an account's row, known as {@code a}, tells of; {@code {smallest}}, {@code {least}} and {@code {greatest}} for what its balance
 * holds; {@code {pg: …}}, {@code {h2: …}} and {@code {mariadb: …}} hold what only that
 * database is told.
 */
final class SqlTemplates {
    private static final Pattern FRAGMENT = Pattern.compile("\\{(pg|h2|mariadb):([^}]*)}");

    /** Beyond this no balance type that is rounded when read goes, and no threshold makes sense. */
    private static final String READ_AS = "decimal(25, 6)";

    private final Dialect dialect;
    private final AccountsTable accounts;
    private final Map<String, String> words;

    /** @param threshold of accounts whose column tells none */
    SqlTemplates(Dialect dialect, AccountsTable accounts, Credits threshold) {
        this.dialect = dialect;
        this.accounts = accounts;
        words = Map.ofEntries(
                Map.entry("{accounts}", dialect.quoted(accounts)),
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
                // A lock that lets the host's own rows go on referring to the account.
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

    /** The balance to add to: what a decimal column holds beyond six places stays, a binary fraction is made a decimal first. */
    private String sum() {
        return accounts.isOwn() || accounts.balanceType() == BalanceType.DOUBLE
                ? balance()
                : "coalesce(a." + dialect.quoted(accounts.balance()) + ", 0)";
    }

    /** A host's texts may be what no account id is, and what no column of ours holds. */
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

    /** One row whose number is none must not fail the statement that also reads the others. */
    private static String guarded(String column, Credits whenNull, Credits least, Credits greatest, String otherwise) {
        return "(case when " + column + " is null then " + whenNull + " when " + column + " between " + least + " and "
                + greatest + " then cast(" + column + " as " + READ_AS + ") else " + otherwise + " end)";
    }
}
