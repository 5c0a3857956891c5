package io.autorecharge.examples.nemesis;

import java.util.List;

/**
 * The result of an audit.
 *
 * @param claims recharges that were decided
 * @param requests charge requests that the provider received
 * @param unanswered debit calls that ended with an error or with their node
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
