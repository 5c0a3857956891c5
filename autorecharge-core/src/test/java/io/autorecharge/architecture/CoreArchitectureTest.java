package io.autorecharge.architecture;

import com.tngtech.archunit.core.domain.JavaClasses;
import io.autorecharge.policy.RechargePolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CoreArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.classesBeside(RechargePolicy.class);

    @Test
    void uses_only_the_jdk_and_the_logger() {
        List<String> own = Stream.concat(HouseRules.CORE.stream(), Stream.of("io.autorecharge.internal.."))
                .toList();
        HouseRules.uses_only(own).check(CLASSES);
    }

    @Test
    void reads_no_clock_but_the_injected_one() {
        HouseRules.reads_no_clock_but_the_injected_one("io.autorecharge.internal.EngineOptions")
                .check(CLASSES);
    }

    @Test
    void makes_threads_in_few_places() {
        HouseRules.makes_threads_only_in(
                        "io.autorecharge.internal.thread.LibraryThreads", "io.autorecharge.internal.schedule.KeepAlive")
                .check(CLASSES);
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
