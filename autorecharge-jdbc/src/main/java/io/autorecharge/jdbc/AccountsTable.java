package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.InvalidValueException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The table of the accounts and their balances: the library's own, or an existing table of the host.
 *
 * <pre>{@code
 * AccountsTable users = AccountsTable.of("users", "id", IdType.BIGINT, "credits", BalanceType.INTEGER);
 * }</pre>
 *
 * The migration adds five columns to a table of the host, and the library never inserts rows: only the host creates accounts there. Names are
 * written as in SQL, bare or in double quotes. Immutable and safe to share.
 */
public final class AccountsTable {
    static final String TABLE = "table";
    static final String ID_COLUMN = "idColumn";
    static final String ID_TYPE = "idType";
    static final String BALANCE_COLUMN = "balanceColumn";
    static final String BALANCE_TYPE = "balanceType";
    static final String EMAIL_COLUMN = "emailColumn";
    static final String FOREIGN_KEY = "foreignKey";
    static final String SCHEMA = "schema";
    static final String TABLE_PREFIX = "tablePrefix";

    private static final String OWN_TABLE = "credit_accounts";

    private static final AccountsTable OWN = new AccountsTable(
            null,
            new Identifier(OWN_TABLE, false),
            new Identifier("id", false),
            IdType.TEXT,
            new Identifier("credits", false),
            BalanceType.numeric(19, 6),
            new Identifier("email", false),
            false,
            true,
            LibraryTables.USUAL);

    private final @Nullable Identifier schema;
    private final Identifier table;
    private final Identifier id;
    private final IdType idType;
    private final Identifier balance;
    private final BalanceType balanceType;
    private final @Nullable Identifier email;
    private final boolean foreignKey;
    private final boolean own;
    private final LibraryTables library;

    private AccountsTable(
            @Nullable Identifier schema,
            Identifier table,
            Identifier id,
            IdType idType,
            Identifier balance,
            BalanceType balanceType,
            @Nullable Identifier email,
            boolean foreignKey,
            boolean own,
            LibraryTables library) {
        this.schema = schema;
        this.table = table;
        this.id = id;
        this.idType = idType;
        this.balance = balance;
        this.balanceType = balanceType;
        this.email = email;
        this.foreignKey = foreignKey;
        this.own = own;
        this.library = library;
    }

    /** The library's own table {@code credit_accounts}, with ids of text. The default. */
    public static AccountsTable own() {
        return OWN;
    }

    /**
     * A table of the host.
     *
     * @param table its name; may begin with a schema and a dot if it is not in the connection's default schema
     * @param idColumn its primary key
     * @param balanceColumn the credits of each account
     * @throws InvalidValueException for the parameter that is not an identifier
     */
    public static AccountsTable of(
            String table, String idColumn, IdType idType, String balanceColumn, BalanceType balanceType) {
        Objects.requireNonNull(idType, "idType");
        Objects.requireNonNull(balanceType, "balanceType");
        int dot = table == null ? -1 : table.indexOf('.');
        return new AccountsTable(
                dot < 0 ? null : part(table, table.substring(0, dot)),
                dot < 0 ? Identifier.of(TABLE, table) : part(table, table.substring(dot + 1)),
                Identifier.of(ID_COLUMN, idColumn),
                idType,
                Identifier.of(BALANCE_COLUMN, balanceColumn),
                balanceType,
                null,
                false,
                false,
                LibraryTables.USUAL);
    }

    /**
     * The table of these settings, for a file or a command line: {@code table}, {@code id-column}, {@code id-type}, {@code balance-column} and
     * {@code balance-type} for a table of the host, and optionally {@code email-column} and {@code foreign-key}. Without any of these it is
     * the library's own table. {@code schema} and {@code table-prefix} are those of the library's tables.
     *
     * @param setting returns the value of a setting; null or blank if it is not set
     * @throws InvalidValueException whose field is the Java name of the setting, such as {@code idColumn}
     */
    public static AccountsTable of(UnaryOperator<@Nullable String> setting) {
        return AccountsTableSettings.read(setting);
    }

    /** The same table, with its column of email addresses, which the provider's customers are created with. */
    public AccountsTable withEmail(String emailColumn) {
        requireHosts(EMAIL_COLUMN, emailColumn);
        Identifier column = Identifier.of(EMAIL_COLUMN, emailColumn);
        return new AccountsTable(schema, table, id, idType, balance, balanceType, column, foreignKey, false, library);
    }

    /** The same table, with a foreign key from the ledger. */
    public AccountsTable withForeignKey() {
        requireHosts(FOREIGN_KEY, true);
        return new AccountsTable(schema, table, id, idType, balance, balanceType, email, true, false, library);
    }

    /**
     * The same accounts, with the library's tables in this schema (on MariaDB and MySQL, this database). Without it they are in the schema
     * that is the connection's current one when the store is created. A table of the host whose name has no schema is looked for here
     * first.
     *
     * @param name of a schema that exists, as in SQL: bare or in double quotes
     * @throws InvalidValueException when it is not an identifier
     */
    public AccountsTable withSchema(String name) {
        return with(library.withSchema(SCHEMA, name));
    }

    /**
     * The same accounts, with this prefix in the names of the library's tables, indexes and constraints, so that several installations can
     * share one schema. A table of the host and its columns keep their names.
     *
     * @param prefix lower-case letters, digits and underscores, such as {@code billing_}
     * @throws InvalidValueException when it is empty, too long or has other characters
     */
    public AccountsTable withTablePrefix(String prefix) {
        return with(library.withPrefix(TABLE_PREFIX, prefix));
    }

    private AccountsTable with(LibraryTables tables) {
        Identifier called = own ? new Identifier(tables.prefix() + OWN_TABLE, false) : table;
        return new AccountsTable(
                own ? tables.schema() : schema,
                called,
                id,
                idType,
                balance,
                balanceType,
                email,
                foreignKey,
                own,
                tables);
    }

    private void requireHosts(String field, @Nullable Object value) {
        if (own) {
            throw new InvalidValueException(field, value, "must not be set for the library's own table");
        }
    }

    /** One side of the dot. The error shows the whole name. */
    private static Identifier part(String table, String part) {
        try {
            return Identifier.of(TABLE, part);
        } catch (InvalidValueException e) {
            throw new InvalidValueException(TABLE, table, e.rule());
        }
    }

    /** Whether the library creates accounts. In a table of the host, only the host does. */
    boolean isOwn() {
        return own;
    }

    /** The schema that is written before the table's name. */
    Optional<Identifier> schema() {
        return Optional.ofNullable(schema);
    }

    Optional<Identifier> librarySchema() {
        return Optional.ofNullable(library.schema());
    }

    String tablePrefix() {
        return library.prefix();
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

    /** @throws InvalidValueException when the balance cannot hold the amount exactly */
    void requireHeld(String field, Credits amount) {
        if (!balanceType.holds(amount)) {
            throw new InvalidValueException(field, amount, "cannot be held by " + column() + " (" + range() + ")");
        }
    }

    /** The exception for a balance that would leave the range of its column. */
    ArithmeticException tooLarge(AccountId account, Credits before, Credits amount) {
        return new ArithmeticException("balance of account '" + account + "' would not fit into " + column() + " ("
                + range() + "): " + before + " and " + amount);
    }

    /** The balance column with its table, for messages. */
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
