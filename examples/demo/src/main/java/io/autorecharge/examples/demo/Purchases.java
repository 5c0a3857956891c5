package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.EntryType;
import io.autorecharge.credit.LedgerEntry;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Remembers in the session that a user went to pay, and finds in the ledger what was bought since. */
@Component
final class Purchases {
    private static final String SINCE = "purchase-since";
    private static final int ENTRIES = 50;

    private final AutoRecharge autoRecharge;

    Purchases(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    void expect(AccountId account, HttpSession session) {
        List<LedgerEntry> newest = autoRecharge.entries(account, 1);
        session.setAttribute(SINCE, newest.isEmpty() ? 0L : newest.get(0).sequence());
    }

    boolean isExpected(HttpSession session) {
        return session.getAttribute(SINCE) != null;
    }

    /** What was bought since the user went to pay; empty while nothing was. */
    Optional<Credits> arrived(AccountId account, HttpSession session) {
        Object since = session.getAttribute(SINCE);
        if (!(since instanceof Long sequence)) {
            return Optional.empty();
        }
        Optional<Credits> bought = autoRecharge.entries(account, ENTRIES).stream()
                .filter(entry -> entry.sequence() > sequence && entry.type() == EntryType.PURCHASE)
                .map(LedgerEntry::amount)
                .findFirst();
        bought.ifPresent(it -> session.removeAttribute(SINCE));
        return bought;
    }
}
