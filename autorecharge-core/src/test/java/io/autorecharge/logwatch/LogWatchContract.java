package io.autorecharge.logwatch;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.AutoRecharge;
import java.util.List;
import java.util.logging.Level;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** That the tests of a module run under {@link LogWatch}: what is given away on purpose here is found. */
@EnabledIfSystemProperty(named = "basedir", matches = ".+", disabledReason = "the build alone switches the watch on")
public abstract class LogWatchContract {
    private static final String KEY = "sk_test_" + "given4away";

    /** Whether the module's logger shows what it does not print. */
    protected boolean seesEveryLevel() {
        return true;
    }

    @Test
    void a_key_in_a_line_of_ours_is_found_at_every_level() {
        Logger log = LoggerFactory.getLogger(AutoRecharge.class);

        log.error("refused: {}", KEY);
        assertFound();
        if (seesEveryLevel()) {
            log.debug("asking with {}", KEY);
            assertFound();
            log.trace(KEY);
            assertFound();
        }
    }

    @Test
    void a_key_in_an_exceptions_cause_is_found() {
        Logger log = LoggerFactory.getLogger(AutoRecharge.class);

        log.warn("failed", new IllegalStateException("outer", new IllegalArgumentException(KEY)));

        assertFound();
    }

    @Test
    void a_key_on_a_standard_stream_is_found() {
        System.out.println(KEY);
        assertFound();
        System.err.println("a line\n" + KEY);
        assertFound();
    }

    @Test
    void a_key_that_stripes_client_logs_is_found() {
        java.util.logging.Logger log = java.util.logging.Logger.getLogger("com.stripe");

        log.log(Level.FINE, "sending {0}", KEY);

        assertFound();
    }

    /** Once, or twice when the line is printed too. */
    private static void assertFound() {
        List<String> found = LogWatch.forget();
        assertThat(found).isNotEmpty().allMatch(it -> it.contains("an API key"));
        assertThat(LogWatch.forget()).isEmpty();
    }
}
