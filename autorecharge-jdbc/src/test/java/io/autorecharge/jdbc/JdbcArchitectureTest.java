package io.autorecharge.jdbc;

import static com.tngtech.archunit.core.domain.JavaAccess.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.type;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.autorecharge.architecture.HouseRules;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class JdbcArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.classesBeside(JdbcStore.class);
    private static final ArchRule USES_FEW = HouseRules.uses_only(
            Stream.concat(HouseRules.CORE.stream(), Stream.of("io.autorecharge.jdbc..", "jakarta.persistence.."))
                    .toList());

    private static final ArchRule LOADS_NO_JPA = noClasses()
            .that()
            .resideOutsideOfPackage("io.autorecharge.jdbc.jpa..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("jakarta.persistence..", "io.autorecharge.jdbc.jpa..");

    /** A caller reads field, value and rule of a wrong argument, so that a message need not be parsed. */
    private static final ArchRule NAMES_WRONG_ARGUMENTS =
            noClasses().should().callConstructorWhere(target(owner(type(IllegalArgumentException.class))));

    @Test
    void refuses_arguments_with_field_value_and_rule() {
        NAMES_WRONG_ARGUMENTS.check(CLASSES);
    }

    @Test
    void would_notice_a_plain_exception_for_an_argument() {
        assertThat(NAMES_WRONG_ARGUMENTS
                        .evaluate(HouseRules.classesBeside(JdbcArchitectureTest.class))
                        .getFailureReport()
                        .getDetails())
                .anyMatch(line -> line.contains(RefusesPlainly.class.getName()));
    }

    @Test
    void uses_only_the_core_and_the_jdk_and_where_the_host_has_it_jpa() {
        USES_FEW.check(CLASSES);
    }

    @Test
    void loads_no_jpa_where_the_host_has_none() {
        LOADS_NO_JPA.check(CLASSES);
    }

    @Test
    void would_notice_jpa_elsewhere() {
        assertThat(LOADS_NO_JPA
                        .evaluate(HouseRules.classesBeside(JdbcArchitectureTest.class))
                        .getFailureReport()
                        .getDetails())
                .anyMatch(line -> line.contains(LoadsJpa.class.getName()));
    }

    @Test
    void would_notice_a_library_and_the_tests_of_the_core() {
        assertThat(USES_FEW.evaluate(HouseRules.classesBeside(JdbcArchitectureTest.class))
                        .getFailureReport()
                        .getDetails())
                .anyMatch(line -> line.contains(ArchRule.class.getName()))
                .anyMatch(line -> line.contains(HouseRules.class.getName()));
    }

    @Test
    void reads_no_clock_but_the_injected_one() {
        HouseRules.reads_no_clock_but_the_injected_one(DatabaseCommand.class.getName())
                .check(CLASSES);
    }

    @Test
    void makes_no_threads() {
        HouseRules.makes_threads_only_in().check(CLASSES);
    }

    @Test
    void prints_nothing() {
        HouseRules.prints_nothing(DatabaseCommand.class.getName()).check(CLASSES);
    }

    @Test
    void has_no_circle_of_packages() {
        HouseRules.has_no_circle_of_packages().check(CLASSES);
    }

    @SuppressWarnings("UnusedMethod")
    private static final class RefusesPlainly {
        IllegalArgumentException refusal() {
            return new IllegalArgumentException("amount: must be positive");
        }
    }

    @SuppressWarnings("UnusedMethod")
    private static final class LoadsJpa {
        Class<?> entity() {
            return jakarta.persistence.Entity.class;
        }
    }
}
