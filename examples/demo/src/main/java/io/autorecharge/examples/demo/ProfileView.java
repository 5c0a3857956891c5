package io.autorecharge.examples.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the Recharge tab shows, in words: the templates only lay it out.
 *
 * @param user who is signed in
 * @param balance credits now
 * @param status how auto-recharge stands
 * @param enabled the user's switch
 * @param threshold the stored threshold
 * @param chosen the stored package, or the one offered first
 * @param card the saved payment method; null without
 * @param agreed when and to what the user agreed; null without
 * @param packages what is on sale
 * @param terms the text to agree to
 * @param entries the newest entries of the ledger, newest first
 * @param recharges the newest recharges, newest first
 * @param busy whether something is about to change by itself
 * @param testCards hints for the simulator's checkout; empty with Stripe
 */
record ProfileView(
        String user,
        String balance,
        StatusView status,
        boolean enabled,
        String threshold,
        int chosen,
        @Nullable String card,
        @Nullable Agreement agreed,
        List<Offer> packages,
        ConsentTerms terms,
        List<EntryRow> entries,
        List<RechargeRow> recharges,
        boolean busy,
        List<CardHint> testCards) {

    /** A moment: for machines, and for people who have no script running. */
    record When(String iso, String text) {}

    /**
     * @param look which colours: {@code off}, {@code good}, {@code busy}, {@code warn} or {@code bad}
     * @param badge one or two words
     * @param sentence what it means for the user
     * @param nextLabel what happens next by itself; null when nothing does
     * @param next when
     * @param wantsUser whether a recharge waits for the user to confirm it
     */
    record StatusView(
            String look,
            String badge,
            String sentence,
            @Nullable String nextLabel,
            @Nullable When next,
            boolean wantsUser) {}

    record Agreement(String version, When at) {}

    record Offer(int credits, String price, String each) {}

    record EntryRow(When at, String description, String amount, boolean added, String balanceAfter, String kind) {}

    record RechargeRow(
            When at,
            String look,
            String state,
            String bought,
            String price,
            @Nullable String detail) {}

    record CardHint(String number, String does) {}
}
