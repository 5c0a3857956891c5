package io.autorecharge.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.autorecharge.credit.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.h2.jdbcx.JdbcConnectionPool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class PlainJavaTest {
    @Test
    @Timeout(value = 2, unit = TimeUnit.MINUTES)
    void buys_spends_and_is_recharged_without_spring() throws Exception {
        JdbcConnectionPool pool = JdbcConnectionPool.create("jdbc:h2:mem:plain-test;DB_CLOSE_DELAY=-1", "sa", "");
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        List<LedgerEntry> entries =
                PlainJava.runSimulated(pool, new PrintStream(printed, true, StandardCharsets.UTF_8));
        pool.dispose();

        assertThat(entries)
                .extracting(
                        LedgerEntry::description,
                        entry -> entry.amount().toString(),
                        entry -> entry.balanceAfter().toString())
                .containsExactly(
                        tuple("Auto-recharge bonus: 20 credits", "20", "125"),
                        tuple("Auto-recharge: 100 credits", "100", "105"),
                        tuple("Report of May", "-115", "5"),
                        tuple("Purchase bonus: 20 credits", "20", "120"),
                        tuple("Credit purchase: 100 credits", "100", "100"));
        assertThat(printed.toString(StandardCharsets.UTF_8))
                .contains("Balance 5, recharge due: true", "RECHARGE_PAID alice: 100 + 20 credits", "balance 125");
    }
}
