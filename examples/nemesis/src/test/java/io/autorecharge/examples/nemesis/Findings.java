package io.autorecharge.examples.nemesis;

import java.util.List;

/**
 * What an audit found.
 *
 * @param claims recharges that were decided
 * @param requests to charge that the provider saw
 * @param unanswered calls of debits that ended with an error or with their node
 */
record Findings(
        List<String> violations,
        long claims,
        long requests,
        long captures,
        long grants,
        long debitsConfirmed,
        long debitsRefused,
        long unanswered) {
    Findings with(List<String> all) {
        return new Findings(all, claims, requests, captures, grants, debitsConfirmed, debitsRefused, unanswered);
    }
}
