package com.example.shop;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Shop {
    static final int PRICE = 5;

    private final UserRepository users;
    private final ReportRepository reports;
    private final AutoRecharge autoRecharge;

    Shop(UserRepository users, ReportRepository reports, AutoRecharge autoRecharge) {
        this.users = users;
        this.reports = reports;
        this.autoRecharge = autoRecharge;
    }

    User user(String email) {
        return users.findByEmail(email).orElseThrow();
    }

    @Transactional
    public void rename(String email, String name) {
        user(email).setName(name);
    }

    @Transactional
    public void order(String email, String title) {
        User user = user(email);
        Report report = reports.save(new Report(user.getId(), title));
        AccountId account = AccountId.of(String.valueOf(user.getId()));
        DebitResult paid = autoRecharge.debit(Debit.of(account, Credits.of(PRICE), "report-" + report.getId(), title));
        if (paid instanceof DebitResult.Refused) {
            throw new NotEnoughCredits();
        }
    }
}
