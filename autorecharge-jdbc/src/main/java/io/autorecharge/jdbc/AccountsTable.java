package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Where the accounts and their balances are: the library's own table, or one that the host has long had.
 *
 * <pre>{@code
 * AccountsTable users = AccountsTable.of("users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER);
 * }</pre>
 *
 * The migration adds five columns to a table of the host and none of its own rows: an account exists there when the host has made it.
 * Names are written as in SQL, bare or in double quotes; everything else is refused. Immutable and safe to share.
 */
public final class AccountsTable {
    private static final AccountsTable OWN = new AccountsTable(
            null,
            new Identifier("credit_accounts", false),
            new Identifier("id", false),
            IdType.TEXT,
            new Identifier("credits", false),
            BalanceType.numeric(19, 6),
            new Identifier("email", false),
            false,
            true);

    private final @Nullable Identifier schema;
    private final Identifier table;
    private final Identifier id;
    private final IdType idType;
    private final Identifier balance;
    private final BalanceType balanceType;
    private final @Nullable Identifier email;
    private final boolean foreignKey;
    private final boolean own;

    private AccountsTable(
            @Nullable Identifier schema,
            Identifier table,
            Identifier id,
            IdType idType,
            Identifier balance,
            BalanceType balanceType,
            @Nullable Identifier email,
            boolean foreignKey,
            boolean own) {
        this.schema = schema;
        this.table = table;
        this.id = id;
        this.idType = idType;
        this.balance = balance;
        this.balanceType = balanceType;
        this.email = email;
        this.foreignKey = foreignKey;
        this.own = own;
    }

    /** The library's own table {@code credit_accounts}, with ids of text. The default. */
    public static AccountsTable own() {
        return OWN;
    }

    /**
     * A table of the host.
     *
     * @param table its name, with its schema before a dot where the connection's usual one is not meant
     * @param idColumn its primary key
     * @param balanceColumn the credits of each account
     * @throws IllegalArgumentException when a name is no identifier, naming the field and the value
     */
    public static AccountsTable of(
            String table, String idColumn, IdType idType, String balanceColumn, BalanceType balanceType) {
        Objects.requireNonNull(idType, "idType is missing");
        Objects.requireNonNull(balanceType, "balanceType is missing");
        int dot = table == null ? -1 : table.indexOf('.');
        return new AccountsTable(
                dot < 0 ? null : Identifier.of("schema of the accounts table", table.substring(0, dot)),
                Identifier.of("accounts table", dot < 0 ? table : table.substring(dot + 1)),
                Identifier.of("id column", idColumn),
                idType,
                Identifier.of("balance column", balanceColumn),
                balanceType,
                null,
                false,
                false);
    }

    /**
     * From settings, as a file or a command line has them: {@code table}, {@code id-column}, {@code id-type}, {@code balance-column} and
     * {@code balance-type} for a table of the host, to which {@code email-column} and {@code foreign-key} may be added; none of them for
     * the library's own table.
     *
     * @param setting gives the value of each; null or blank when it is not set
     * @throws IllegalArgumentException whose message is the setting's name, a colon and what is wrong with it
     */
    public static AccountsTable of(UnaryOperator<@Nullable String> setting) {
        return AccountsSettings.read(setting);
    }

    /** The same table, with the column of the e-mail addresses, which the provider's customers are made with. */
    public AccountsTable withEmail(String emailColumn) {
        requireHosts("e-mail column");
        Identifier column = Identifier.of("email column", emailColumn);
        return new AccountsTable(schema, table, id, idType, balance, balanceType, column, foreignKey, false);
    }

    /** The same table, to which the ledger's entries are tied by a foreign key. */
    public AccountsTable withForeignKey() {
        requireHosts("foreign key");
        return new AccountsTable(schema, table, id, idType, balance, balanceType, email, true, false);
    }

    private void requireHosts(String what) {
        if (own) {
            throw new IllegalStateException("the library's own table has no choice of its " + what);
        }
    }

    /** Whether accounts are made by the library; in a table of the host only the host makes them. */
    boolean isOwn() {
        return own;
    }

    Optional<Identifier> schema() {
        return Optional.ofNullable(schema);
    }

    Identifier table() {
        return table;
    }

    Identifier id() {
        return id;
    }

    IdType idType() {
        return idType;
    }

    Identifier balance() {
        return balance;
    }

    BalanceType balanceType() {
        return balanceType;
    }

    Optional<Identifier> email() {
        return Optional.ofNullable(email);
    }

    boolean hasForeignKey() {
        return foreignKey;
    }

    /** @throws IllegalArgumentException when the balance cannot hold the amount exactly */
    void requireHeld(String field, Credits amount) {
        if (!balanceType.holds(amount)) {
            throw new IllegalArgumentException(
                    field + " cannot be held by " + column() + " (" + range() + "): " + amount);
        }
    }

    /** What is thrown when a balance would leave the range of its column. */
    ArithmeticException tooLarge(AccountId account, Credits before, Credits amount) {
        return new ArithmeticException("balance of account '" + account + "' would not fit into " + column() + " ("
                + range() + "): " + before + " and " + amount);
    }

    /** The balance column as the host knows it. */
    String column() {
        return this + "." + balance;
    }

    private String range() {
        return balanceType + ": multiples of " + balanceType.smallest() + " from " + balanceType.least() + " to "
                + balanceType.greatest();
    }

    /** The table as the host writes it. */
    @Override
    public String toString() {
        return schema == null ? table.toString() : schema + "." + table;
    }
}
