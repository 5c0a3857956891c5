package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.autorecharge.stripe.WebhookResult.Rejected.Reason;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class RejectedCallsTest {
    @Test
    void forged_calls_cost_one_line_a_minute_that_says_how_many_there_were() {
        AtomicLong now = new AtomicLong();
        RejectedCalls calls = new RejectedCalls(now::get);
        Logger logger = (Logger) LoggerFactory.getLogger(RejectedCalls.class);
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        try {
            for (int i = 0; i < 10_000; i++) {
                calls.count(Reason.SIGNATURE_WRONG);
            }
            calls.count(Reason.TOO_LARGE);
            now.addAndGet(Duration.ofMinutes(1).toNanos());
            calls.count(Reason.SIGNATURE_WRONG);
        } finally {
            logger.detachAppender(lines);
        }

        String text = "Webhook calls were rejected since the last such line, by reason: ";
        assertThat(lines.list)
                .extracting(ILoggingEvent::getFormattedMessage)
                .isEqualTo(List.of(text + "{SIGNATURE_WRONG=1}", text + "{TOO_LARGE=1, SIGNATURE_WRONG=10000}"));
    }
}
