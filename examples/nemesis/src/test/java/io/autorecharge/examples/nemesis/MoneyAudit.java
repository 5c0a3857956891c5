package io.autorecharge.examples.nemesis;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.autorecharge.credit.Reference;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** Compares the provider's records with the tables: requests, captures, and what was granted for them. */
final class MoneyAudit {
    static final String ATTEMPT = "autorecharge_attempt";

    private static final String CHECKOUT = "autorecharge_checkout";

    private final Map<String, Charge> byAttempt = new HashMap<>();
    private final Map<String, Purchase> byCheckout = new HashMap<>();
    private final Set<String> enabledWithBonus = new HashSet<>();
    private final Entries entries;
    private final Consumer<String> violations;

    MoneyAudit(List<Charge> charges, List<Purchase> purchases, Entries entries, Consumer<String> violations) {
        charges.forEach(it -> byAttempt.put(it.attempt(), it));
        purchases.forEach(it -> byCheckout.put(it.checkout(), it));
        this.entries = entries;
        this.violations = violations;
    }

    /** The id of the attempt or checkout that a payment belongs to. */
    static String subject(JsonObject metadata) {
        JsonElement id = metadata.has(ATTEMPT) ? metadata.get(ATTEMPT) : metadata.get(CHECKOUT);
        return id.getAsString();
    }

    /** The id of the attempt that a charge request names. */
    static String attemptOf(JsonObject request) {
        return request.getAsJsonObject("params")
                .get("metadata[" + ATTEMPT + "]")
                .getAsString();
    }

    void captures(List<JsonObject> captures) {
        Set<String> captured = new HashSet<>();
        Set<String> recharged = new HashSet<>();
        Set<String> explained = new TreeSet<>();
        for (JsonObject capture : captures) {
            JsonObject metadata = capture.getAsJsonObject("metadata");
            String attempt = subject(metadata);
            String reference = capture.get("payment_intent").getAsString();
            if (!captured.add(attempt)) {
                violations.accept(attempt + " was captured again, as " + reference);
            }
            if (!metadata.has(ATTEMPT)) {
                explained.add(Reference.purchase(reference));
                bought(capture, byCheckout.get(attempt), reference);
                continue;
            }
            Charge known = byAttempt.get(attempt);
            if (known == null) {
                violations.accept("captured without an attempt in the tables: " + capture);
                continue;
            }
            if (!known.isPaid()
                    || !reference.equals(known.reference())
                    || known.amount() != capture.get("amount").getAsLong()
                    || !known.customer().equals(capture.get("customer").getAsString())) {
                violations.accept("captured as " + capture + ", stored as " + known);
            }
            if (!recharged.add(known.recharge())) {
                violations.accept("another method of the recharge was captured too: " + known);
            }
            String purchase = Reference.purchase(reference);
            explained.add(purchase);
            granted(known.account(), purchase, "PURCHASE", known.credits());
            granted(known.account(), Reference.bonus(purchase), "BONUS", known.bonus());
        }
        byAttempt.values().stream()
                .filter(it -> it.isPaid() && !captured.contains(it.attempt()))
                .forEach(it -> violations.accept("stored as paid and never captured: " + it));
        byCheckout.values().stream()
                .filter(it -> it.isPaid() && !captured.contains(it.checkout()))
                .forEach(it -> violations.accept("stored as paid and never captured: " + it));
        entries.references("PURCHASE").stream()
                .filter(it -> !explained.contains(it))
                .forEach(it -> violations.accept("granted without a capture: " + entries.of(it)));
    }

    private void bought(JsonObject capture, Purchase known, String reference) {
        if (known == null) {
            violations.accept("captured without a checkout in the tables: " + capture);
            return;
        }
        if (!known.isPaid()
                || !reference.equals(known.reference())
                || known.amount() != capture.get("amount").getAsLong()) {
            violations.accept("captured as " + capture + ", stored as " + known);
        }
        String purchase = Reference.purchase(reference);
        granted(known.account(), purchase, "PURCHASE", known.credits());
        boolean bonus = !entries.of(Reference.bonus(purchase)).isEmpty();
        if (bonus && (!known.enables() || !enabledWithBonus.add(known.account()))) {
            violations.accept("a bonus for enabling that is not due: " + known);
        }
    }

    private void granted(String account, String reference, String type, BigDecimal credits) {
        List<Entries.Entry> found = entries.of(reference);
        if (found.size() != 1
                || !found.get(0).type().equals(type)
                || !found.get(0).account().equals(account)
                || found.get(0).amount().compareTo(credits) != 0) {
            violations.accept(
                    account + ": " + reference + " must have one " + type + " of " + credits + ", and has " + found);
        }
    }

    /** Every request was claimed, and all requests of an attempt were identical and used its key. */
    void requests(List<JsonObject> requests) {
        Map<String, Integer> sent = new HashMap<>();
        Map<String, JsonObject> first = new HashMap<>();
        for (JsonObject request : requests) {
            JsonObject parameters = request.getAsJsonObject("params");
            String attempt = attemptOf(request);
            String account = parameters.get("metadata[autorecharge_account]").getAsString();
            if (account.startsWith(Crowd.IDLER)) {
                violations.accept(account + " never gave consent: " + request);
            }
            String key = request.get("idempotency_key").getAsString();
            Charge known = byAttempt.get(attempt);
            if (known != null && !key.equals(known.key())) {
                violations.accept("attempt " + attempt + " was sent under another key: " + key);
            }
            JsonObject before = first.putIfAbsent(key, parameters);
            if (before != null && !before.equals(parameters)) {
                violations.accept("key " + key + " was sent with " + before + " and with " + parameters);
            }
            sent.merge(attempt, 1, Integer::sum);
        }
        sent.forEach((attempt, times) -> {
            Charge known = byAttempt.get(attempt);
            if (known == null || known.sends() < times) {
                violations.accept("attempt " + attempt + " was sent " + times + " times, and is stored as " + known);
            }
        });
    }
}
