package io.autorecharge;

import static io.autorecharge.Rig.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.credit.Debit;
import io.autorecharge.gateway.ChargeRequest;
import io.autorecharge.gateway.Outcome;
import io.autorecharge.testkit.ForwardingGateway;
import io.autorecharge.testkit.Race;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ShutdownTest {
    private final Rig rig = new Rig();
    private final Semaphore arrived = new Semaphore(0);
    private final Semaphore answers = new Semaphore(0);

    @AfterEach
    void close() {
        answers.release(1_000);
        rig.close();
    }

    /** The rig's provider, which answers when the test says so. */
    private final class SlowGateway extends ForwardingGateway {
        SlowGateway() {
            super(rig.gateway);
        }

        @Override
        public Outcome charge(ChargeRequest request) {
            arrived.release();
            answers.acquireUninterruptibly();
            return rig.gateway.charge(request);
        }
    }

    private AutoRecharge library() {
        return AutoRecharge.builder(rig.policy, rig.store, new SlowGateway())
                .clock(rig.clock)
                .concurrency(1)
                .build();
    }

    @Test
    void closing_ends_what_has_begun_and_begins_nothing_more() throws Exception {
        AutoRecharge library = library();
        for (int i = 0; i < 33; i++) {
            AccountId user = AccountId.of("user-" + i);
            rig.enabled(user, "12");
            library.debit(Debit.of(user, Credits.of(5), "use-1", null));
        }
        assertThat(arrived.tryAcquire(20, TimeUnit.SECONDS)).isTrue();

        CompletableFuture<Void> closing = CompletableFuture.runAsync(library::close);
        while (!library.isClosed()) {
            Thread.onSpinWait();
        }
        answers.release(1_000);
        Race.result(closing);

        assertThat(rig.gateway.captures()).hasSize(1);
        assertThat(rig.store.countDue(rig.clock.instant(), 100))
                .as("left to the next start")
                .isEqualTo(32);
    }

    @Test
    void a_check_that_is_interrupted_before_it_sends_sends_nothing() {
        rig.enabled(ALICE, "1");
        Thread.currentThread().interrupt();
        try {
            rig.library.check(ALICE);
        } finally {
            assertThat(Thread.interrupted()).as("the interrupt is kept").isTrue();
        }

        assertThat(rig.gateway.requests()).isEmpty();
    }

    /** A worker application: its main method ends. */
    static final class Worker {
        public static void main(String[] args) throws IOException {
            AutoRecharge library = new Rig().library;
            Thread closer = new Thread(() -> closeWhenAsked(library));
            closer.setDaemon(true);
            closer.start();
            library.start();
            System.out.println("main ends");
        }

        private static void closeWhenAsked(AutoRecharge library) {
            try {
                System.in.read();
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
            System.out.println("closed");
            library.close();
        }
    }

    @Test
    void a_process_without_other_threads_lives_until_the_scheduler_is_closed() throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            assertThat(out.lines().filter("main ends"::equals).findFirst()).isPresent();
            assertThat(process.waitFor(Duration.ofSeconds(2).toMillis(), TimeUnit.MILLISECONDS))
                    .as("ended by itself")
                    .isFalse();
            process.getOutputStream().write('\n');
            process.getOutputStream().flush();
            assertThat(process.waitFor(40, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isZero();
        } finally {
            process.destroyForcibly();
        }
    }
}
