package io.autorecharge.examples.nemesis;

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
    private static final String ATTEMPT = "autorecharge_attempt";

    private final Map<String, Charge> byAttempt = new HashMap<>();
    private final Entries entries;
    private final Consumer<String> violations;

    MoneyAudit(List<Charge> charges, Entries entries, Consumer<String> violations) {
        charges.forEach(it -> byAttempt.put(it.attempt(), it));
        this.entries = entries;
        this.violations = violations;
    }

    void captures(List<JsonObject> captures) {
        Set<String> captured = new HashSet<>();
        Set<String> explained = new TreeSet<>();
        for (JsonObject capture : captures) {
            String attempt = capture.getAsJsonObject("metadata").get(ATTEMPT).getAsString();
            String reference = capture.get("payment_intent").getAsString();
            if (!captured.add(attempt)) {
                violations.accept("attempt " + attempt + " was captured again, as " + reference);
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
            String purchase = Reference.purchase(reference);
            explained.add(purchase);
            granted(known, purchase, "PURCHASE", known.credits());
            granted(known, Reference.bonus(purchase), "BONUS", known.bonus());
        }
        byAttempt.values().stream()
                .filter(it -> it.isPaid() && !captured.contains(it.attempt()))
                .forEach(it -> violations.accept("stored as paid and never captured: " + it));
        entries.references("PURCHASE").stream()
                .filter(it -> !explained.contains(it))
                .forEach(it -> violations.accept("granted without a capture: " + entries.of(it)));
    }

    private void granted(Charge charge, String reference, String type, BigDecimal credits) {
        List<Entries.Entry> found = entries.of(reference);
        if (found.size() != 1
                || !found.get(0).type().equals(type)
                || !found.get(0).account().equals(charge.account())
                || found.get(0).amount().compareTo(credits) != 0) {
            violations.accept(charge.account() + ": " + reference + " must have one " + type + " of " + credits
                    + ", and has " + found);
        }
    }

    /** Every request was claimed, and all requests of an attempt were identical and used its key. */
    void requests(List<JsonObject> requests) {
        Map<String, Integer> sent = new HashMap<>();
        Map<String, JsonObject> first = new HashMap<>();
        for (JsonObject request : requests) {
            JsonObject parameters = request.getAsJsonObject("params");
            String attempt = parameters.get("metadata[" + ATTEMPT + "]").getAsString();
            String account = parameters.get("metadata[autorecharge_account]").getAsString();
            if (account.startsWith(Crowd.IDLER)) {
                violations.accept(account + " never gave consent: " + request);
            }
            String key = request.get("idempotency_key").getAsString();
            if (!key.equals(attempt)) {
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
