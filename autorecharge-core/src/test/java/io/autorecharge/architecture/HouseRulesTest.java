package io.autorecharge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.autorecharge.architecture.fixture.BadHabits;
import io.autorecharge.architecture.fixture.GoodHabits;
import io.autorecharge.architecture.fixture.left.Left;
import io.autorecharge.architecture.fixture.right.Right;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each rule reports what it forbids, and accepts what resembles it. */
class HouseRulesTest {
    private static final JavaClasses FIXTURES =
            HouseRules.importer().importPackages("io.autorecharge.architecture.fixture");

    @ParameterizedTest
    @ValueSource(
            classes = {
                BadHabits.AsksInstant.class,
                BadHabits.AsksByReference.class,
                BadHabits.AsksTheDateOfAZone.class,
                BadHabits.AsksMillis.class,
                BadHabits.AsksOldDate.class,
                BadHabits.ChoosesClock.class
            })
    void notices_who_reads_the_clock(Class<?> habit) {
        assertNotices(HouseRules.reads_no_clock_but_the_injected_one(), habit);
    }

    @Test
    void lets_only_a_named_class_choose_the_clock() {
        assertAccepts(
                HouseRules.reads_no_clock_but_the_injected_one(BadHabits.ChoosesClock.class.getName()),
                BadHabits.ChoosesClock.class);
        assertNotices(
                HouseRules.reads_no_clock_but_the_injected_one(BadHabits.AsksInstant.class.getName()),
                BadHabits.AsksInstant.class);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BadHabits.MakesThread.class,
                BadHabits.MakesPool.class,
                BadHabits.BorrowsThreads.class,
                BadHabits.BorrowsThreadsForAStream.class
            })
    void notices_who_makes_threads(Class<?> habit) {
        assertNotices(HouseRules.makes_threads_only_in(), habit);
        assertAccepts(HouseRules.makes_threads_only_in(habit.getName()), habit);
    }

    @ParameterizedTest
    @ValueSource(classes = {BadHabits.Prints.class, BadHabits.PrintsTrace.class})
    void notices_who_prints(Class<?> habit) {
        assertNotices(HouseRules.prints_nothing(), habit);
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                BadHabits.UsesALibrary.class,
                BadHabits.UsesTheTestsOfTheCore.class,
                BadHabits.ReachesIntoTheEngine.class
            })
    void notices_who_uses_more_than_allowed(Class<?> habit) {
        assertNotices(HouseRules.uses_only(HouseRules.CORE), habit);
    }

    @Test
    void notices_a_circle_of_packages() {
        assertThat(violations(HouseRules.has_no_circle_of_packages(), Left.class, Right.class))
                .singleElement()
                .asString()
                .contains("fixture.left", "fixture.right");
        assertAccepts(HouseRules.has_no_circle_of_packages(), Left.class);
    }

    @Test
    void lets_pass_what_keeps_the_rules_narrowly() {
        assertAccepts(HouseRules.reads_no_clock_but_the_injected_one(), GoodHabits.class);
        assertAccepts(HouseRules.makes_threads_only_in(), GoodHabits.class);
        assertAccepts(HouseRules.prints_nothing(), GoodHabits.class);
        assertAccepts(HouseRules.uses_only(List.of("io.autorecharge.architecture.fixture")), GoodHabits.class);
    }

    private static void assertNotices(ArchRule rule, Class<?> type) {
        assertThat(violations(rule, type)).isNotEmpty().allMatch(line -> line.contains(type.getName()));
    }

    private static void assertAccepts(ArchRule rule, Class<?>... types) {
        assertThat(violations(rule, types)).isEmpty();
    }

    private static List<String> violations(ArchRule rule, Class<?>... types) {
        List<String> names = Stream.of(types).map(Class::getName).toList();
        JavaClasses chosen = FIXTURES.that(describe("are " + names, type -> names.contains(type.getName())));
        assertThat(chosen).hasSameSizeAs(types);
        return rule.evaluate(chosen).getFailureReport().getDetails();
    }
}
