package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.MethodPlace;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.InvalidValueException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code POST /api/credits/payment-methods/setup}: creates a checkout session where the user adds a payment method and buys nothing. */
@RestController
class SetupController {
    private static final String PRIMARY = "primary";

    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;

    SetupController(AutoRecharge autoRecharge, CurrentAccount current) {
        this.autoRecharge = autoRecharge;
        this.current = current;
    }

    @PostMapping(Paths.METHODS_SETUP)
    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            JsonBody body = JsonBody.parse(HttpSupport.json(request), Set.of(PRIMARY), Set.of());
            MethodPlace place = body.optionalBoolean(PRIMARY, false) ? MethodPlace.PRIMARY : MethodPlace.BACKUP;
            return open(account, place, current.email(request, account));
        });
    }

    private HttpAnswer open(AccountId account, MethodPlace place, @Nullable String email) {
        try {
            return CheckoutController.answer(autoRecharge.openSetup(account, place, email));
        } catch (InvalidValueException e) {
            if (e.field().equals("paymentMethods")) {
                throw HttpProblem.of(
                        409, "There are too many saved payment methods. Remove one before you add another.");
            }
            throw e;
        }
    }
}
