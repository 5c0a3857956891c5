package io.autorecharge.spring.web;

import io.autorecharge.AutoRecharge;
import io.autorecharge.account.Agreement;
import io.autorecharge.account.Settings;
import io.autorecharge.account.UserRules;
import io.autorecharge.credit.AccountId;
import io.autorecharge.policy.HoldReason;
import io.autorecharge.policy.PolicyUnusableException;
import io.autorecharge.policy.RechargePolicy;
import io.autorecharge.report.SaveResult;
import io.autorecharge.report.Status;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
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
        Optional<RechargePolicy> policy = autoRecharge.policy(account);
        if (policy.isEmpty() && !form.enabled()) {
            return switchedOff(account);
        }
        RechargePolicy offered = policy.orElseThrow(
                () -> new PolicyUnusableException(account, "the settings cannot be checked without it"));
        Settings settings = form.settings(autoRecharge.settings(account), offered);
        Agreement confirmed = form.confirmed(agreement, settings, offered);
        UnaryOperator<UserRules> rules = form.rules(offered);
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

    /** Switching off works whatever is known of the packages, and changes nothing else then. */
    private HttpAnswer switchedOff(AccountId account) {
        Settings before = autoRecharge.settings(account);
        autoRecharge.save(account, new Settings(false, before.credits(), before.threshold()), Agreement.none());
        return status(account);
    }

    private HttpAnswer status(AccountId account) {
        Status status = autoRecharge.status(account);
        boolean asks = HoldReason.AMOUNT_NOT_AGREED.name().equals(status.reason())
                || status.missing().contains(HoldReason.PRICE_CHANGED);
        return status(
                status, asks ? ChargeView.held(autoRecharge.preview(account, status.settings())) : ChargeView.NONE);
    }

    private HttpAnswer status(Status status, Map<String, @Nullable Object> charge) {
        Map<String, @Nullable Object> view =
                StatusView.of(status, autoRecharge.policy(status.account()).orElse(null), consent);
        view.putAll(charge);
        return HttpAnswer.ok(view);
    }
}
