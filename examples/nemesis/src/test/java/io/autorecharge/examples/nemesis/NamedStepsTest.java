package io.autorecharge.examples.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.stripe.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node ends at a named step, for different answers of the provider. Then another node starts and completes what was begun, exactly once.
 * An ordinary build draws an answer for each step; {@code .ci/soak} combines them all.
 */
@Tag("process")
class NamedStepsTest {
    private static final int AT_ONCE = 3;
    /** A node that has just started may be slow; only the step may end it. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int START = 12;
    private static final int USED = 7;

    /** How the provider answers a charge. */
    private enum Answer {
        SUCCESS(null),
        DECLINE(null),
        ERROR_AFTER_CAPTURE(Fault.SERVER_ERROR_AFTER_EXECUTION),
        NO_ANSWER(Fault.HANG_AFTER_EXECUTION);

        private final Fault fault;

        Answer(Fault fault) {
            this.fault = fault;
        }
    }

    @TempDir
    private Path folder;

    private Children children;
    private Postgres postgres;

    @BeforeEach
    void start() throws Exception {
        children = new Children(folder);
        postgres = new Postgres(folder.resolve("postgres"));
    }

    @AfterEach
    void stop() throws Exception {
        children.close();
        postgres.close();
    }

    /** Each step once, with an answer drawn for it. */
    @Test
    void a_node_that_dies_at_a_named_step_is_completed_by_another_exactly_once() throws Exception {
        long seed = RandomGenerator.getDefault().nextInt(Integer.MAX_VALUE);
        System.out.println("Answers drawn with seed " + seed);
        List<Step> steps = new ArrayList<>(List.of(Step.values()));
        Collections.shuffle(steps, new Random(seed));
        int share = steps.size() / Answer.values().length;
        for (Answer answer : Answer.values()) {
            run(answer, steps.subList(answer.ordinal() * share, (answer.ordinal() + 1) * share));
        }
    }

    @Test
    @Tag("soak")
    void a_node_that_dies_at_any_step_after_any_answer_is_completed_by_another_exactly_once() throws Exception {
        for (Answer answer : Answer.values()) {
            run(answer, List.of(Step.values()));
        }
    }

    private void run(Answer answer, List<Step> steps) throws Exception {
        try (Site site = new Site(answer.name().toLowerCase(Locale.ROOT), folder, postgres, children)) {
            new Case(site, answer, steps).run();
        }
    }

    private final class Case {
        private final Site site;
        private final Answer answer;
        private final List<Step> steps;
        private final Map<String, Integer> ports = new ConcurrentHashMap<>();

        Case(Site site, Answer answer, List<Step> steps) {
            this.site = site;
            this.answer = answer;
            this.steps = steps;
        }

        void run() throws Exception {
            for (Step step : steps) {
                Crowd.enable(site.library, site.provider, account(step), answer == Answer.DECLINE, START);
            }
            if (answer.fault != null) {
                site.provider.fail(answer.fault, 1000);
            }
            site.postman.route(new ToItsNode());
            all(steps.size(), i -> endAt(steps.get(i)));
            // The provider works again before another node starts.
            site.provider.endFaults();
            site.postman.route(null);
            NodeProcess rescuer = node("rescuer", true, null);
            for (Step step : steps) {
                assertThat(debit(rescuer, step))
                        .as("%s at %s: the debit, requested again", answer, step)
                        .isTrue();
            }
            site.rest(List.of(rescuer));
            rescuer.kill();
            check();
        }

        private Void endAt(Step step) throws Exception {
            NodeProcess node = node(step.name(), false, step);
            ports.put(account(step).value(), node.port());
            debit(node, step);
            assertThat(node.endsWithin(Duration.ofSeconds(60)))
                    .as("%s: the node reached %s", answer, step)
                    .isTrue();
            assertThat(node.exitCode()).as("%s at %s", answer, step).isEqualTo(Steps.EXIT_CODE);
            return null;
        }

        private void check() throws Exception {
            List<Path> histories = new ArrayList<>(List.of(site.history("rescuer")));
            for (Step step : steps) {
                histories.add(site.history(step.name()));
            }
            Findings findings = site.audit(histories);
            assertThat(findings.violations()).as(answer.name()).isEmpty();
            boolean paid = answer != Answer.DECLINE;
            for (Step step : steps) {
                assertThat(site.library.balance(account(step)))
                        .as("%s at %s", answer, step)
                        .isEqualTo(Credits.of(START - USED + (paid ? Terms.PACKAGE : 0))
                                .plus(paid ? Terms.BONUS : Credits.ZERO));
            }
            assertThat(findings.captures()).as(answer.name()).isEqualTo(paid ? steps.size() : 0);
        }

        private NodeProcess node(String name, boolean works, Step step) throws Exception {
            return NodeProcess.start(
                    children,
                    site.name + "-" + name,
                    new NodeArguments(
                            postgres.port(),
                            site.name,
                            site.provider.port(),
                            site.history(name),
                            site.ahead(),
                            PATIENCE,
                            0,
                            works,
                            step,
                            1));
        }

        private AccountId account(Step step) {
            return AccountId.of(step.name());
        }

        /** Repeats the debit if the database was too slow to answer. @return false also if the node ended at its step */
        private boolean debit(NodeProcess node, Step step) throws InterruptedException {
            String debit = account(step) + " " + USED + " job-of-" + step;
            boolean done = false;
            for (int i = 0; i < 5 && !done && node.isAlive(); i++) {
                done = node.send("/debit", debit);
            }
            return done;
        }

        /** Delivers webhooks to the node that charged if its step needs them, and drops the others. */
        private final class ToItsNode implements Postman.Route {
            @Override
            public long[] delays(String account) {
                boolean needed = switch (Step.valueOf(account)) {
                    // Without an answer, the listener is notified only after the webhook delivers the outcome.
                    case N1, W1, W2 -> true;
                    default -> false;
                };
                return needed ? new long[] {50} : new long[0];
            }

            @Override
            public int port(String account) {
                return ports.getOrDefault(account, 0);
            }
        }
    }

    private interface Task {
        Void run(int number) throws Exception;
    }

    private static void all(int count, Task task) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
        try {
            List<Callable<Void>> tasks = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                tasks.add(() -> task.run(number));
            }
            for (Future<Void> future : threads.invokeAll(tasks)) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }
}
