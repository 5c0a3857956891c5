package io.autorecharge.examples.nemesis;

import java.util.List;

/**
 * The result of an audit.
 *
 * @param claims recharges that were decided
 * @param nextMethods attempts that charged another method of a recharge after one had failed
 * @param backupsPaid those of them that were paid
 * @param requests charge requests that the provider received
 * @param captures all of them, purchases at checkout included
 * @param unanswered debit calls that ended with an error or with their node
 */
record Findings(
        List<String> violations,
        long claims,
        long nextMethods,
        long backupsPaid,
        long requests,
        long captures,
        long purchases,
        long grants,
        long debitsConfirmed,
        long debitsRefused,
        long unanswered) {
    Findings with(List<String> all) {
        return new Findings(
                all,
                claims,
                nextMethods,
                backupsPaid,
                requests,
                captures,
                purchases,
                grants,
                debitsConfirmed,
                debitsRefused,
                unanswered);
    }
}
