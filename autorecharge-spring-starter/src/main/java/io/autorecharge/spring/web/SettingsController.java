package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET} and {@code POST /api/credits/auto-recharge}: what the user chose, and how it stands. */
@RestController
public class SettingsController {
    /** Far more than the largest body that makes sense. */
    static final int MAX_BODY_BYTES = 16 * 1024;

    private final AutoRecharge autoRecharge;
    private final CurrentAccount callers;
    private final ConsentRule consent;

    SettingsController(AutoRecharge autoRecharge, CurrentAccount callers, ConsentRule consent) {
        this.autoRecharge = autoRecharge;
        this.callers = callers;
        this.consent = consent;
    }

    @RequestMapping(Paths.SETTINGS)
    public void handle(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            HttpSupport.requireMethod(request, response, "GET, HEAD, POST");
            AccountId account = callers.account(request);
            if (request.getMethod().equals("POST")) {
                HttpSupport.requireJson(request);
                store(account, HttpSupport.body(request, MAX_BODY_BYTES));
            }
            return HttpAnswer.ok(StatusView.of(autoRecharge.status(account), autoRecharge.policy(), consent.version()));
        });
    }

    private void store(AccountId account, byte[] bytes) {
        SettingsForm form = SettingsForm.parse(bytes);
        // Switching on is the act of consent to the text that the host shows beside the switch.
        String given = consent.check(form.consentVersion());
        autoRecharge.configure(
                account,
                form.settings(autoRecharge.settings(account), autoRecharge.policy()),
                form.enabled() ? given : null);
    }
}
