package io.autorecharge.jdbc;

/**
 * The table that holds the accounts.
 *
 * @param accounts its name
 * @param id its key
 * @param credits its balance
 */
record Tables(String accounts, String id, String credits) {
    /** The library's own table. */
    static final Tables OWN = new Tables("credit_accounts", "id", "credits");
}
