package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET} and {@code POST /api/credits/auto-recharge}: the user's settings and the state of the account. */
@RestController
class SettingsController {
    private final AutoRecharge autoRecharge;
    private final CurrentAccount current;
    private final ConsentRule consent;

    SettingsController(AutoRecharge autoRecharge, CurrentAccount current, ConsentRule consent) {
        this.autoRecharge = autoRecharge;
        this.current = current;
        this.consent = consent;
    }

    @GetMapping(Paths.SETTINGS)
    void read(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> status(current.account(request)));
    }

    @PostMapping(Paths.SETTINGS)
    void save(HttpServletRequest request, HttpServletResponse response) throws IOException {
        HttpSupport.answer(response, () -> {
            AccountId account = current.account(request);
            save(account, SettingsForm.parse(HttpSupport.json(request)));
            return status(account);
        });
    }

    private void save(AccountId account, SettingsForm form) {
        // By enabling, the user agrees to the text that the host shows beside the switch.
        String agreed = consent.check(form.consentVersion());
        var settings = form.settings(autoRecharge.settings(account), autoRecharge.policy());
        autoRecharge.configure(account, settings, form.enabled() ? agreed : null);
    }

    private HttpAnswer status(AccountId account) {
        return HttpAnswer.ok(StatusView.of(autoRecharge.status(account), autoRecharge.policy(), consent.version()));
    }
}
