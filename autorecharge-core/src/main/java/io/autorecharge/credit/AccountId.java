package io.autorecharge.credit;

/**
 * The holder of credits: the host's user id, opaque to the library. Immutable.
 *
 * @param value 1 to 255 characters, compared exactly; case matters
 */
public record AccountId(String value) implements Comparable<AccountId> {
    /** @throws InvalidValueException when the value is blank, too long or not printable */
    public AccountId {
        Text.require("accountId", value);
    }

    /** Same as the constructor; reads better at call sites. */
    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
