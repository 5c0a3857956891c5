package io.autorecharge.stripe.simulator;

import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** What a payment method consists of, by its type. */
sealed interface Instrument {

    /** The type as in Stripe's API, which is also the name of the field with the details. */
    String type();

    /** The same for all payment methods with this number; null for types that have none. */
    @Nullable
    String fingerprint();

    /** A card. Its number and its expiry can change, when the network replaces the card. */
    record Card(TestCard card, YearMonth expiry, @Nullable Wallet wallet) implements Instrument {

        @Override
        public String type() {
            return "card";
        }

        @Override
        public String fingerprint() {
            return wallet == null ? card.fingerprint() : Fingerprints.of(card.number() + wallet.device());
        }

        Card expiring(YearMonth month) {
            return new Card(card, month, wallet);
        }

        /** Whether the last day of its month is over, in UTC. */
        boolean isExpired(Instant now) {
            return expiry.isBefore(YearMonth.from(now.atZone(ZoneOffset.UTC)));
        }
    }

    /** A wallet on one device, which has a number of its own for the card. */
    record Wallet(String type, String device) {}

    /** A bank account in the United States. */
    record UsBankAccount(
            String accountNumber,
            String routingNumber,
            @Nullable Block block) implements Instrument {

        static final String TEST_NUMBER = "000123456789";
        static final String TEST_ROUTING = "110000000";

        static UsBankAccount test() {
            return new UsBankAccount(TEST_NUMBER, TEST_ROUTING, null);
        }

        @Override
        public String type() {
            return "us_bank_account";
        }

        @Override
        public String fingerprint() {
            return accountNumber.equals(TEST_NUMBER) && routingNumber.equals(TEST_ROUTING)
                    ? "simBankAccount"
                    : Fingerprints.of(routingNumber + accountNumber);
        }

        UsBankAccount blocked(@Nullable Block newBlock) {
            return new UsBankAccount(accountNumber, routingNumber, newBlock);
        }
    }

    /** Why Stripe refuses an account for every payment method that has its number. */
    record Block(String reason, @Nullable String networkCode) {}

    /** A SEPA debit; {@code setupAttempt} is set if it was generated when a customer set up iDEAL or Bancontact. */
    record SepaDebit(String iban, @Nullable String setupAttempt) implements Instrument {

        static final String TEST_IBAN = "DE89370400440532013000";

        @Override
        public String type() {
            return "sepa_debit";
        }

        @Override
        public String fingerprint() {
            return Fingerprints.of(iban);
        }
    }

    /** iDEAL or Bancontact: a page of the customer's bank. It pays once; only the SEPA debit that it generates can be charged later. */
    record BankRedirect(String type) implements Instrument {

        @Override
        public @Nullable String fingerprint() {
            return null;
        }
    }

    /** Link, of which Stripe tells only the email address. */
    record Link(@Nullable String email) implements Instrument {

        @Override
        public String type() {
            return "link";
        }

        @Override
        public @Nullable String fingerprint() {
            return null;
        }
    }
}
