package io.autorecharge.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import io.autorecharge.architecture.HouseRules;
import io.autorecharge.spring.web.AccountResolver;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class StarterArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.classesBeside(AccountResolver.class);

    private static final List<String> ALLOWED = Stream.concat(
                    HouseRules.CORE.stream(),
                    Stream.of(
                            "io.autorecharge.spring..",
                            "io.autorecharge.jdbc",
                            "io.autorecharge.stripe",
                            "org.springframework..",
                            "jakarta.servlet..",
                            "jakarta.persistence..",
                            "com.fasterxml.jackson..",
                            "io.micrometer.."))
            .toList();

    @Test
    void uses_only_what_it_says() {
        HouseRules.uses_only(ALLOWED).check(CLASSES);
    }

    @Test
    void needs_no_spring_security() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.springframework.security..")
                .check(CLASSES);
    }

    @Test
    void reads_no_clock_but_the_injected_one() {
        HouseRules.reads_no_clock_but_the_injected_one("io.autorecharge.spring.Clocks")
                .check(CLASSES);
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

    @Test
    void shows_the_host_little() {
        assertThat(CLASSES.stream().filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC)))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("AccountResolver", "AutoRechargeAutoConfiguration", "Clocks", "ProcessExit");
    }
}
