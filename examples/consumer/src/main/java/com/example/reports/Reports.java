package com.example.reports;

import io.autorecharge.AutoRecharge;
import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.credit.DebitResult;
import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writes reports and takes the credits for them, both or neither. */
@Service
class Reports {
    private static final BigDecimal CREDITS_A_PAGE = new BigDecimal("2.5");

    private final JdbcTemplate jdbc;
    private final AutoRecharge autoRecharge;

    Reports(JdbcTemplate jdbc, AutoRecharge autoRecharge) {
        this.jdbc = jdbc;
        this.autoRecharge = autoRecharge;
    }

    /** @return the balance that is left */
    @Transactional
    public BigDecimal write(String owner, String title, int pages) {
        String id = UUID.randomUUID().toString();
        jdbc.update("insert into reports (id, owner, title) values (?, ?, ?)", id, owner, title);
        Credits price = Credits.of(CREDITS_A_PAGE.multiply(BigDecimal.valueOf(pages)));
        DebitResult paid = autoRecharge.debit(Debit.of(AccountId.of(owner), price, id, title));
        if (paid instanceof DebitResult.Refused) {
            throw new NotEnoughCredits();
        }
        return paid.balance().toBigDecimal();
    }

    int count(String owner) {
        Integer count = jdbc.queryForObject("select count(*) from reports where owner = ?", Integer.class, owner);
        return count == null ? 0 : count;
    }
}
