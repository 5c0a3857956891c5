package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/credits/auto-recharge/recovery}: creates a checkout session where the user pays the recharge that requires
 * authentication. The body is an empty object. The answer is 409 if no recharge requires it.
 */
@RestController
class RecoveryController {
    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;

    RecoveryController(AutoRecharge autoRecharge, CurrentAccount current) {
        this.autoRecharge = autoRecharge;
        this.current = current;
    }

    @PostMapping(Paths.RECOVERY)
    void open(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            JsonBody.empty(HttpSupport.json(request));
            return autoRecharge
                    .openRecovery(account)
                    .map(CheckoutController::answer)
                    .orElseThrow(() -> HttpProblem.of(409, "no recharge waits for your confirmation"));
        });
    }
}
