package io.autorecharge.examples.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Recharge tab shows, as text. The template only arranges it.
 *
 * @param user who is signed in
 * @param balance the current credits
 * @param status the state of auto-recharge
 * @param smartThreshold how fast credits are used, and when they are bought for that reason; null with a fixed threshold
 * @param enabled the user's switch
 * @param threshold the stored threshold
 * @param monthlyLimit the user's own monthly limit as a number; empty when there is none
 * @param spent what automatic recharges have cost this month
 * @param chosen the stored package, or the one offered first
 * @param card the saved payment method, or null
 * @param cards the saved payment methods, the primary one first
 * @param agreed when the user agreed, and to which version; or null
 * @param packages the packages on sale
 * @param terms the text of the agreement
 * @param most the package of the settings, its price, and the most that one recharge can cost
 * @param entries the newest entries of the ledger, newest first
 * @param recharges the newest recharges, newest first
 * @param busy whether a change is expected without an action of the user
 * @param testCards hints for the simulator's checkout; empty with Stripe
 */
record ProfileView(
        String user,
        String balance,
        StatusView status,
        @Nullable String smartThreshold,
        boolean enabled,
        String threshold,
        String monthlyLimit,
        String spent,
        int chosen,
        @Nullable String card,
        List<CardRow> cards,
        @Nullable Agreement agreed,
        List<Offer> packages,
        ConsentTerms terms,
        String most,
        List<EntryRow> entries,
        List<RechargeRow> recharges,
        boolean busy,
        List<CardHint> testCards,
        @Nullable String priceChange) {

    /** A time, for machines and for people without scripts. */
    record When(String iso, String text) {}

    /**
     * @param look the colors: {@code off}, {@code good}, {@code busy}, {@code warn} or {@code bad}
     * @param badge one or two words
     * @param sentence what it means for the user
     * @param nextLabel the next automatic action, or null
     * @param next the time of the next automatic action, or null
     * @param wantsUser whether the user must confirm a recharge
     * @param stoppable whether a charge is announced that the user can stop
     * @param retryable whether the user may ask to try again now
     */
    record StatusView(
            String look,
            String badge,
            String sentence,
            @Nullable String nextLabel,
            @Nullable When next,
            boolean wantsUser,
            boolean stoppable,
            boolean retryable) {
        StatusView(
                String look,
                String badge,
                String sentence,
                @Nullable String nextLabel,
                @Nullable When next,
                boolean wantsUser,
                boolean stoppable) {
            this(look, badge, sentence, nextLabel, next, wantsUser, stoppable, false);
        }

        /** The user may ask to try again now. */
        StatusView thatMayBeTriedAgain() {
            return new StatusView(look, badge, sentence, nextLabel, next, wantsUser, stoppable, true);
        }
    }

    /**
     * @param id the provider's id, which the buttons send back
     * @param name brand and last four digits
     * @param expiry the last month in which it is valid, or null
     * @param primary whether it is tried first
     * @param look the colors of {@code state}, or null
     * @param state why it is passed over in a word, or null when it is not
     * @param reason why it is passed over, or null
     * @param next when it is tried again, or null
     */
    record CardRow(
            String id,
            String name,
            @Nullable String expiry,
            boolean primary,
            @Nullable String look,
            @Nullable String state,
            @Nullable String reason,
            @Nullable When next) {}

    record Agreement(String version, When at) {}

    /**
     * @param price as text
     * @param each what one credit costs, as text
     * @param amount the price as a decimal number, which a button sends back with the currency
     */
    record Offer(int credits, String price, String each, String amount, String currency) {}

    record EntryRow(When at, String description, String amount, boolean added, String balanceAfter, String kind) {}

    /** @param details what a person should know, such as which card was declined and which was charged */
    record RechargeRow(When at, String look, String state, String bought, String price, List<String> details) {}

    record CardHint(String number, String does) {}
}
