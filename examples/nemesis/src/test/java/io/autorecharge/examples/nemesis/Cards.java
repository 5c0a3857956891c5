package io.autorecharge.examples.nemesis;

/** The cards of a user: what the bank does with the primary one, and whether there is a good one after it. */
enum Cards {
    GOOD("pm_card_visa", null),
    DECLINED("pm_card_chargeCustomerFail", null),
    DECLINED_WITH_BACKUP("pm_card_chargeCustomerFail", "pm_card_mastercard"),
    AUTHENTICATION_WITH_BACKUP("pm_card_authenticationRequired", "pm_card_mastercard");

    /** The provider's name of the primary card for tests. */
    final String primary;

    /** The same of the backup; null without one. */
    final String backup;

    Cards(String primary, String backup) {
        this.primary = primary;
        this.backup = backup;
    }

    /** The cards of the user with this number: half have something else than one good card. */
    static Cards of(int user) {
        return switch (user % 12) {
            case 5 -> DECLINED;
            case 2, 8, 11 -> DECLINED_WITH_BACKUP;
            case 3, 9 -> AUTHENTICATION_WITH_BACKUP;
            default -> GOOD;
        };
    }
}
