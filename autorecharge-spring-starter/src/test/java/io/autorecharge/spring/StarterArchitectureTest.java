package io.autorecharge.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import io.autorecharge.architecture.HouseRules;
import io.autorecharge.spring.web.AccountResolver;
import java.lang.reflect.Modifier;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;

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

    /** A condition promises that a bean of the host replaces the library's, so a host must be able to name its type. */
    private static final ArchRule REPLACES_ONLY_PUBLIC_TYPES = methods()
            .that()
            .areAnnotatedWith(ConditionalOnMissingBean.class)
            .should(new ArchCondition<>("give way only to types that a host can see") {
                @Override
                public void check(JavaMethod method, ConditionEvents events) {
                    ConditionalOnMissingBean condition = method.getAnnotationOfType(ConditionalOnMissingBean.class);
                    List<Class<?>> named = List.of(condition.value());
                    List<Class<?>> replaced = named.isEmpty() && condition.name().length == 0
                            ? List.of(method.getRawReturnType().reflect())
                            : named;
                    replaced.stream()
                            .filter(type -> !Modifier.isPublic(type.getModifiers()))
                            .forEach(type -> events.add(SimpleConditionEvent.violated(
                                    method, method.getFullName() + " gives way to " + type.getName())));
                }
            });

    @Test
    void gives_way_only_to_beans_that_a_host_can_declare() {
        REPLACES_ONLY_PUBLIC_TYPES.check(CLASSES);
    }

    @Test
    void would_notice_a_condition_on_a_type_that_no_host_can_see() {
        assertThat(REPLACES_ONLY_PUBLIC_TYPES
                        .evaluate(new ClassFileImporter().importClasses(OnHiddenTypes.class))
                        .getFailureReport()
                        .getDetails())
                .hasSize(2)
                .allMatch(line -> line.endsWith("gives way to " + Hidden.class.getName()));
    }

    private static final class Hidden {}

    @SuppressWarnings("UnusedMethod")
    private static final class OnHiddenTypes {
        @ConditionalOnMissingBean
        Hidden byReturnType() {
            return new Hidden();
        }

        @ConditionalOnMissingBean(Hidden.class)
        Object byName() {
            return new Hidden();
        }

        @ConditionalOnMissingBean(name = "named")
        Hidden onPurpose() {
            return new Hidden();
        }
    }

    @Test
    void shows_the_host_little() {
        assertThat(CLASSES.stream().filter(it -> it.getModifiers().contains(JavaModifier.PUBLIC)))
                .extracting(JavaClass::getSimpleName)
                .containsExactlyInAnyOrder("AccountResolver", "AutoRechargeAutoConfiguration", "Clocks", "ProcessExit");
    }
}
