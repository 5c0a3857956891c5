package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import io.autorecharge.credit.Text;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Clock;
import java.util.List;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The paths below {@code /api/credits/payment-methods}: the user's saved payment methods. Every answer is the list as it is then, the primary
 * method first. No request adds a method: a card is saved by its holder, in a checkout ({@link SetupController}).
 */
@RestController
class PaymentMethodsController {
    private static final String ID = "id";
    private static final String IDS = "ids";

    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;
    private final Clock clock;

    PaymentMethodsController(AutoRecharge autoRecharge, CurrentAccount current, Clock clock) {
        this.autoRecharge = autoRecharge;
        this.current = current;
        this.clock = clock;
    }

    @GetMapping(Paths.METHODS)
    void list(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> list(current.account(request)));
    }

    @DeleteMapping(Paths.METHOD)
    void remove(@PathVariable(ID) String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            HttpSupport.requireNoContent(request);
            return found(account, id, autoRecharge.removePaymentMethod(account, id));
        });
    }

    @PostMapping(Paths.METHOD_PRIMARY)
    void makePrimary(@PathVariable(ID) String id, HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            JsonBody.empty(HttpSupport.json(request));
            return found(account, id, autoRecharge.makePrimary(account, id));
        });
    }

    @PutMapping(Paths.METHODS_ORDER)
    void reorder(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            reorder(account, JsonBody.list(HttpSupport.json(request), IDS).requiredTexts(IDS));
            return list(account);
        });
    }

    private void reorder(AccountId account, List<String> ids) {
        try {
            autoRecharge.reorderPaymentMethods(account, ids);
        } catch (InvalidValueException e) {
            if (e.field().equals("paymentMethodIds")) {
                throw HttpProblem.of(IDS, e);
            }
            throw e;
        }
    }

    /** The id of another account's method is as unknown as one that does not exist. */
    private HttpAnswer found(AccountId account, String id, boolean found) {
        if (!found) {
            throw HttpProblem.notFound(ID, "id '" + Text.shown(id) + "' is not a payment method of this account");
        }
        return list(account);
    }

    private HttpAnswer list(AccountId account) {
        return MethodsView.of(autoRecharge.paymentMethods(account), clock.instant());
    }
}
