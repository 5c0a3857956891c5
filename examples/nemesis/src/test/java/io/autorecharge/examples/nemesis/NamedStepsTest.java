package io.autorecharge.examples.nemesis;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.credit.AccountId;
import io.autorecharge.credit.Credits;
import io.autorecharge.stripe.simulator.Fault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A node ends at a named step, after different answers of the provider. Then another node starts and completes what was begun, exactly once.
 * An ordinary build draws an answer for each step; {@code .ci/soak} combines them all.
 */
@Tag("process")
class NamedStepsTest {
    private static final int AT_ONCE = 3;
    /** A node that has just started may be slow; only the step may end it. */
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private static final int START = 12;
    private static final int USED = 7;

    /** What becomes of a charge; its fault is null when the provider answers as usual. */
    private enum Answer {
        SUCCESS(Cards.GOOD, null),
        DECLINE(Cards.DECLINED, null),
        DECLINE_THEN_BACKUP(Cards.DECLINED_WITH_BACKUP, null),
        AUTHENTICATION_THEN_BACKUP(Cards.AUTHENTICATION_WITH_BACKUP, null),
        ERROR_AFTER_CAPTURE(Cards.GOOD, Fault.SERVER_ERROR_AFTER_EXECUTION),
        NO_ANSWER(Cards.GOOD, Fault.HANG_AFTER_EXECUTION);

        private final Cards cards;
        private final Fault fault;

        Answer(Cards cards, Fault fault) {
            this.cards = cards;
            this.fault = fault;
        }
    }

    /** A step at which a node ends, and the answer that it had. */
    private record Case(Step step, Answer answer) {
        AccountId account() {
            return AccountId.of(toString());
        }

        boolean isPaid() {
            return answer != Answer.DECLINE;
        }

        @Override
        public String toString() {
            return step + "-" + answer;
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
        Answer[] answers = Answer.values();
        run(IntStream.range(0, steps.size())
                .mapToObj(i -> new Case(steps.get(i), answers[i % answers.length]))
                .toList());
    }

    @Test
    @Tag("soak")
    void a_node_that_dies_at_any_step_after_any_answer_is_completed_by_another_exactly_once() throws Exception {
        run(Arrays.stream(Answer.values())
                .flatMap(answer -> Arrays.stream(Step.values()).map(step -> new Case(step, answer)))
                .toList());
    }

    /** Answers that need no fault share a provider. */
    private void run(List<Case> cases) throws Exception {
        Map<Optional<Fault>, List<Case>> byFault =
                cases.stream().collect(Collectors.groupingBy(it -> Optional.ofNullable(it.answer().fault)));
        for (Optional<Fault> fault : byFault.keySet()) {
            String name = fault.map(Fault::name).orElse("no_fault").toLowerCase(Locale.ROOT);
            try (Site site = new Site(name, folder, postgres, children)) {
                new Run(site, fault, byFault.get(fault)).run();
            }
        }
    }

    private final class Run {
        private final Site site;
        private final Optional<Fault> fault;
        private final List<Case> cases;
        private final Map<AccountId, Integer> ports = new ConcurrentHashMap<>();

        Run(Site site, Optional<Fault> fault, List<Case> cases) {
            this.site = site;
            this.fault = fault;
            this.cases = cases;
        }

        void run() throws Exception {
            for (Case one : cases) {
                Crowd.enable(site.library, site.provider, one.account(), one.answer().cards, START);
            }
            fault.ifPresent(it -> site.provider.fail(it, 1000));
            site.postman.route(new ToItsNode());
            all(cases.size(), i -> endAtItsStep(cases.get(i)));
            // The provider works again before another node starts.
            site.provider.endFaults();
            site.postman.route(null);
            NodeProcess rescuer = node("rescuer", true, null);
            for (Case one : cases) {
                assertThat(debit(rescuer, one))
                        .as("%s: the debit, requested again", one)
                        .isTrue();
            }
            site.rest(List.of(rescuer));
            rescuer.kill();
            check();
        }

        private Void endAtItsStep(Case one) throws Exception {
            NodeProcess node = node(one.toString(), false, one.step());
            ports.put(one.account(), node.port());
            debit(node, one);
            assertThat(node.endsWithin(Duration.ofSeconds(60)))
                    .as("%s: the node reached the step", one)
                    .isTrue();
            assertThat(node.exitCode()).as(one.toString()).isEqualTo(Steps.EXIT_CODE);
            return null;
        }

        private void check() throws Exception {
            List<Path> histories = new ArrayList<>(List.of(site.history("rescuer")));
            cases.forEach(one -> histories.add(site.history(one.toString())));
            Findings findings = site.audit(histories);
            assertThat(findings.violations()).as("with %s", cases).isEmpty();
            for (Case one : cases) {
                assertThat(site.library.balance(one.account()))
                        .as(one.toString())
                        .isEqualTo(Credits.of(START - USED + (one.isPaid() ? Terms.PACKAGE : 0))
                                .plus(one.isPaid() ? Terms.BONUS : Credits.ZERO));
            }
            assertThat(findings.captures())
                    .as("captures, with %s", cases)
                    .isEqualTo(cases.stream().filter(Case::isPaid).count());
            assertThat(findings.backupsPaid())
                    .as("captures of a backup, with %s", cases)
                    .isEqualTo(cases.stream()
                            .filter(it -> it.answer().cards.backup != null)
                            .count());
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

        /** Repeats the debit if the database was too slow to answer. @return false also if the node ended at its step */
        private boolean debit(NodeProcess node, Case one) throws InterruptedException {
            String debit = one.account() + " " + USED + " job-of-" + one;
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
                Step step = cases.stream()
                        .filter(it -> it.account().value().equals(account))
                        .findFirst()
                        .orElseThrow()
                        .step();
                boolean needed = switch (step) {
                    // Without an answer, the listener is notified only after the webhook delivers the outcome.
                    case N1, W1, W2 -> true;
                    default -> false;
                };
                return needed ? new long[] {50} : new long[0];
            }

            @Override
            public int port(String account) {
                return ports.getOrDefault(AccountId.of(account), 0);
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
