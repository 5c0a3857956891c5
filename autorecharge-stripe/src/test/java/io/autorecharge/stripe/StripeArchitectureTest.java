package io.autorecharge.stripe;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.autorecharge.architecture.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StripeArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.classesBeside(StripeGateway.class);
    private static final ArchRule USES_FEW = HouseRules.uses_only(Stream.concat(
                    HouseRules.CORE.stream(), Stream.of("io.autorecharge.stripe", "com.stripe..", "com.google.gson.."))
            .toList());

    @Test
    void uses_only_the_core_and_stripe_java() {
        USES_FEW.check(CLASSES);
    }

    @Test
    void would_notice_a_library_and_the_tests_of_the_core() {
        assertThat(USES_FEW.evaluate(HouseRules.classesBeside(StripeArchitectureTest.class))
                        .getFailureReport()
                        .getDetails())
                .anyMatch(line -> line.contains(ArchRule.class.getName()))
                .anyMatch(line -> line.contains(HouseRules.class.getName()));
    }

    @Test
    void reads_no_clock_but_the_injected_one() {
        HouseRules.reads_no_clock_but_the_injected_one().check(CLASSES);
    }

    @Test
    void makes_no_threads() {
        HouseRules.makes_threads_only_in().check(CLASSES);
    }

    @Test
    void prints_nothing() {
        HouseRules.prints_nothing().check(CLASSES);
    }

    @Test
    void has_no_circle_of_packages() {
        HouseRules.has_no_circle_of_packages().check(CLASSES);
    }
}
