package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code POST /api/credits/auto-recharge/recovery}: the address of a page where the user pays the recharge that their bank wants them to
 * confirm. The body is an empty object; 409 when no recharge waits for the user.
 */
@RestController
class RecoveryController {
    private final AutoRecharge autoRecharge;
    private final CurrentAccount callers;

    RecoveryController(AutoRecharge autoRecharge, CurrentAccount callers) {
        this.autoRecharge = autoRecharge;
        this.callers = callers;
    }

    @RequestMapping(Paths.RECOVERY)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            HttpSupport.requireMethod(request, response, "POST");
            AccountId account = callers.account(request);
            HttpSupport.requireJson(request);
            JsonBody.parse(HttpSupport.body(request, SettingsController.MAX_BODY_BYTES), Set.of(), Set.of());
            return autoRecharge
                    .openRecovery(account)
                    .map(CheckoutController::page)
                    .orElseThrow(() -> HttpProblem.of(409, "no recharge waits for your confirmation"));
        });
    }
}
