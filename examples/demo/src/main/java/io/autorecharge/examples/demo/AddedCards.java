package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.PaymentMethod;
import io.autorecharge.account.SavedMethod;
import io.autorecharge.credit.AccountId;
import jakarta.servlet.http.HttpSession;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Remembers in the session that a user went to add a card, and finds the card that was added since. */
@Component
final class AddedCards {
    private static final String BEFORE = "cards-before";

    private final AutoRecharge autoRecharge;

    AddedCards(AutoRecharge autoRecharge) {
        this.autoRecharge = autoRecharge;
    }

    void expect(AccountId account, HttpSession session) {
        session.setAttribute(BEFORE, String.join(" ", ids(account)));
    }

    boolean isExpected(HttpSession session) {
        return session.getAttribute(BEFORE) != null;
    }

    /** The card that was added since the user went to add one; empty while none was. */
    Optional<PaymentMethod> arrived(AccountId account, HttpSession session) {
        List<String> before =
                List.of(String.valueOf(session.getAttribute(BEFORE)).split(" "));
        session.removeAttribute(BEFORE);
        return autoRecharge.paymentMethods(account).all().stream()
                .map(SavedMethod::method)
                .filter(it -> !before.contains(it.id()))
                .findFirst();
    }

    private List<String> ids(AccountId account) {
        return autoRecharge.paymentMethods(account).all().stream()
                .map(it -> it.method().id())
                .toList();
    }
}
