package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
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
            return save(account, SettingsForm.parse(HttpSupport.json(request)));
        });
    }

    private HttpAnswer save(AccountId account, SettingsForm form) {
        Agreement agreement = consent.agreement(form.consentVersion());
        Settings settings = form.settings(autoRecharge.settings(account), autoRecharge.policy());
        Agreement confirmed = form.confirmed(agreement, settings, autoRecharge.policy());
        UnaryOperator<UserRules> rules = form.rules(autoRecharge.policy());
        if (form.isPreview()) {
            return HttpAnswer.ok(
                    ChargeView.of(SettingsForm.refusing(() -> autoRecharge.preview(account, settings, rules))));
        }
        SaveResult result = SettingsForm.refusing(() -> autoRecharge.save(account, settings, confirmed, rules));
        if (result instanceof SaveResult.AmountChanged changed) {
            return ChargeView.changed(changed.now());
        }
        return status(autoRecharge.status(account), ChargeView.of((SaveResult.Saved) result));
    }

    private HttpAnswer status(AccountId account) {
        Status status = autoRecharge.status(account);
        boolean asks = HoldReason.AMOUNT_NOT_AGREED.name().equals(status.reason());
        return status(
                status, asks ? ChargeView.held(autoRecharge.preview(account, status.settings())) : ChargeView.NONE);
    }

    private HttpAnswer status(Status status, Map<String, @Nullable Object> charge) {
        Map<String, @Nullable Object> view = StatusView.of(status, autoRecharge.policy(), consent.version());
        view.putAll(charge);
        return HttpAnswer.ok(view);
    }
}
