package io.autorecharge.jdbc;

import io.autorecharge.credit.AccountId;
import io.autorecharge.store.UnknownAccountException;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the ids of the accounts are in the database. An id has one spelling only, so that no account is taken for two. */
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
     * @throws IllegalArgumentException naming the value and what there is
     */
    public static IdType of(String name) {
        return Arrays.stream(values())
                .filter(type -> type.toString().equals(name.strip().toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("id type is not one of "
                        + Arrays.stream(values()).map(IdType::toString).collect(Collectors.joining(", ")) + ": '" + name
                        + "'"));
    }

    /** The type of the columns that hold ids of accounts. */
    String sqlType() {
        return sqlType;
    }

    /**
     * What is given to the driver.
     *
     * @throws UnknownAccountException when the id is not one of this type, or is spelled in another way than the database spells it: no
     *     account can have it
     */
    Object value(AccountId account) {
        try {
            Object value = parse(account.value());
            if (value.toString().equals(account.value())) {
                return value;
            }
        } catch (IllegalArgumentException e) {
            throw unknown(account, e);
        }
        throw unknown(account, null);
    }

    private UnknownAccountException unknown(AccountId account, @Nullable Throwable cause) {
        UnknownAccountException unknown = new UnknownAccountException(account, "a table whose ids are " + this);
        if (cause != null) {
            unknown.initCause(cause);
        }
        return unknown;
    }

    abstract Object parse(String id);

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
