package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.store.UnknownAccountException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of the account ids in the database. Each id has one spelling only, so that one account cannot have two ids. */
public enum IdType {
    /** Any text of at most 255 characters. */
    TEXT("varchar(255)") {
        @Override
        Object parse(String id) {
            return id;
        }
    },
    /** 32 bits. */
    INTEGER("integer") {
        @Override
        Object parse(String id) {
            return Integer.valueOf(id);
        }
    },
    /** 64 bits. */
    BIGINT("bigint") {
        @Override
        Object parse(String id) {
            return Long.valueOf(id);
        }
    },
    /** A UUID, in lower case with dashes. Needs MariaDB 10.7; MySQL has no such type. */
    UUID("uuid") {
        @Override
        Object parse(String id) {
            return java.util.UUID.fromString(id);
        }
    };

    private final String sqlType;

    IdType(String sqlType) {
        this.sqlType = sqlType;
    }

    /**
     * The type of this name, in any case.
     *
     * @throws InvalidValueException for the field {@code idType}, when there is no such type
     */
    public static IdType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new InvalidValueException(
                        "idType",
                        name,
                        "must be one of "
                                + Arrays.stream(values()).map(IdType::toString).collect(Collectors.joining(", "))));
    }

    /** The type of the columns that hold ids of accounts. */
    String sqlType() {
        return sqlType;
    }

    /**
     * The id as the driver takes it.
     *
     * @throws UnknownAccountException when no account can have this id: it is not of this type, or not in the spelling of the database
     */
    Object value(AccountId account) {
        Object value = valueOrNull(account);
        if (value == null) {
            throw new UnknownAccountException(account, "a table whose ids are " + this);
        }
        return value;
    }

    /** Whether an account can have this id. */
    boolean allows(AccountId account) {
        return valueOrNull(account) != null;
    }

    private @Nullable Object valueOrNull(AccountId account) {
        try {
            Object value = parse(account.value());
            return value.toString().equals(account.value()) ? value : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** @throws IllegalArgumentException when the text is not of this type */
    abstract Object parse(String id);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
