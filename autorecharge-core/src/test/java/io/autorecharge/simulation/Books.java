package io.autorecharge.simulation;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import io.autorecharge.credit.Reference;
import io.autorecharge.gateway.AttemptId;
import io.autorecharge.store.OpenRecharge;
import io.autorecharge.store.RechargeState;
import io.autorecharge.testkit.FakeGateway;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One account's money at the provider against its credits here: every capture granted once, and no grant without a capture. */
final class Books {
    private final AccountId account;
    private final Map<String, LedgerEntry> byReference = new HashMap<>();
    private final BiConsumer<AccountId, String> violations;

    Books(AccountId account, List<LedgerEntry> ledger, BiConsumer<AccountId, String> violations) {
        this.account = account;
        this.violations = violations;
        ledger.forEach(it -> byReference.put(it.reference(), it));
    }

    void check(List<OpenRecharge> recharges, List<FakeGateway.Capture> captures, List<Pages.Page> pages) {
        Map<AttemptId, OpenRecharge> byAttempt =
                recharges.stream().collect(Collectors.toMap(it -> it.attempt().id(), Function.identity()));
        Set<String> explained = new HashSet<>();
        Set<AttemptId> charged = new HashSet<>();
        for (FakeGateway.Capture capture : captures) {
            if (!charged.add(capture.attempt())) {
                violated("attempt " + capture.attempt() + " was captured twice, again as " + capture.reference());
            }
            OpenRecharge known = byAttempt.get(capture.attempt());
            if (known == null) {
                violated("capture without a recharge: " + capture);
            } else {
                granted(known, capture, explained);
            }
        }
        int enablingBonuses = 0;
        for (Pages.Page page : pages) {
            String reference = Reference.purchase(page.payment().providerReference());
            entry(reference, EntryType.PURCHASE, Credits.of(page.request.credits()));
            explained.add(reference);
            explained.add(Reference.bonus(reference));
            enablingBonuses += byReference.containsKey(Reference.bonus(reference)) ? 1 : 0;
        }
        if (enablingBonuses > 1) {
            violated("the bonus for switching on was given " + enablingBonuses + " times");
        }
        recharges.stream()
                .filter(it -> it.recharge().state() == RechargeState.PAID
                        && !charged.contains(it.attempt().id()))
                .forEach(it -> violated("recharge is paid and nothing was captured: " + it));
        byReference.values().stream()
                .filter(it -> it.reference().startsWith(Reference.OWN) && !explained.contains(it.reference()))
                .forEach(it -> violated("credits that nobody paid for: " + it));
    }

    private void granted(OpenRecharge known, FakeGateway.Capture capture, Set<String> explained) {
        if (known.recharge().state() != RechargeState.PAID) {
            violated("captured as " + capture.reference() + " and not paid here: " + known);
        }
        if (!capture.amount().equals(known.recharge().price())) {
            violated("captured " + capture.amount() + " for " + known.recharge());
        }
        String reference = Reference.purchase(capture.reference());
        entry(reference, EntryType.PURCHASE, known.recharge().credits());
        explained.add(reference);
        if (known.recharge().bonus().isPositive()) {
            entry(Reference.bonus(reference), EntryType.BONUS, known.recharge().bonus());
            explained.add(Reference.bonus(reference));
        }
    }

    private void entry(String reference, EntryType type, Credits amount) {
        LedgerEntry entry = byReference.get(reference);
        if (entry == null || entry.type() != type || !entry.amount().equals(amount)) {
            violated("expected " + type + " of " + amount + " as " + reference + ", found " + entry);
        }
    }

    private void violated(String what) {
        violations.accept(account, what);
    }
}
