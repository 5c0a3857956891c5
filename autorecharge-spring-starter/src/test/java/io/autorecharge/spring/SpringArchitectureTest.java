package io.autorecharge.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import io.autorecharge.architecture.HouseRules;
import org.junit.jupiter.api.Test;

class SpringArchitectureTest {
    private static final JavaClasses CLASSES = HouseRules.classesBeside(AutoRechargeAutoConfiguration.class);

    /** Packages that Spring Boot 3.5 or 4 lacks. They may be named in strings, or used in a class that is loaded only if they are present. */
    private static final ArchRule EVERY_LINE = noClasses()
            .that()
            .doNotHaveSimpleName("ActuatorHealthAutoConfiguration")
            .and()
            .doNotHaveSimpleName("ContributorHealthAutoConfiguration")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.springframework.boot.actuate.health..",
                    "org.springframework.boot.actuate.autoconfigure.health..",
                    "org.springframework.boot.actuate.autoconfigure.metrics..",
                    "org.springframework.boot.health..",
                    "org.springframework.boot.autoconfigure.flyway..",
                    "org.springframework.boot.autoconfigure.jackson..",
                    "org.springframework.boot.autoconfigure.jdbc..",
                    "org.springframework.boot.autoconfigure.liquibase..",
                    "org.springframework.boot.autoconfigure.security..",
                    "org.springframework.boot.autoconfigure.sql..",
                    "org.springframework.boot.autoconfigure.transaction..",
                    "org.springframework.boot.autoconfigure.web..",
                    "org.springframework.boot.web.context..",
                    "tools.jackson..");

    @Test
    void uses_nothing_that_one_line_of_spring_boot_lacks() {
        EVERY_LINE.check(CLASSES);
    }

    @Test
    void would_notice_what_one_line_lacks() {
        assertThat(EVERY_LINE
                        .evaluate(HouseRules.classesBeside(SpringArchitectureTest.class))
                        .getFailureReport()
                        .getDetails())
                .anyMatch(line -> line.contains(AsksTheHealthOfOneLine.class.getName()));
    }

    @SuppressWarnings("UnusedMethod")
    private static final class AsksTheHealthOfOneLine {
        Class<?> health() {
            return org.springframework.boot.actuate.health.Health.class;
        }
    }
}
