package io.autorecharge.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.ArchConfiguration;
import com.tngtech.archunit.core.domain.AccessTarget.CodeUnitAccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.time.Clock;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.stream.Stream;

/**
 * Rules about the code of a module, to be checked by each module on its own classes ({@link #classesBeside}). That every rule
 * can fail is shown by {@code HouseRulesTest}.
 *
 * <p>Stateless, hence safe for use by several threads.
 */
public final class HouseRules {
    /** The packages of the core that other modules may use; its tests are not among them. */
    public static final List<String> CORE = List.of(
            "io.autorecharge",
            "io.autorecharge.account..",
            "io.autorecharge.credit..",
            "io.autorecharge.event..",
            "io.autorecharge.gateway..",
            "io.autorecharge.policy..",
            "io.autorecharge.report..",
            "io.autorecharge.store..");

    private static final List<String> EVERYWHERE = List.of("java..", "javax..", "org.slf4j..", "org.jspecify..");

    private HouseRules() {}

    /** Reads the classes that were compiled together with {@code anchor}: for a class of src/main, those of its module without tests. */
    public static JavaClasses classesBeside(Class<?> anchor) {
        return importer().importUrl(anchor.getProtectionDomain().getCodeSource().getLocation());
    }

    /**
     * Reads what it is given, and not all that this refers to: the rules need names alone, and to follow Spring's classes takes
     * half a minute.
     */
    static ClassFileImporter importer() {
        ArchConfiguration.get().setResolveMissingDependenciesFromClassPath(false);
        return new ClassFileImporter();
    }

    /** Beyond the JDK, SLF4J and JSpecify, no other packages than {@code allowed} are used. */
    public static ArchRule uses_only(List<String> allowed) {
        String[] packages = Stream.concat(EVERYWHERE.stream(), allowed.stream()).toArray(String[]::new);
        return classes()
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(packages).or(describe("are arrays of primitives", HouseRules::isPrimitive)))
                .because("a host must not get dependencies that it did not ask for");
    }

    /**
     * Time comes from the injected {@link Clock}: no code reads the system's clock. The classes named in {@code choosers} may take the
     * system's clock as a default, which is all that they may do.
     */
    public static ArchRule reads_no_clock_but_the_injected_one(String... choosers) {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "asks the machine for the time",
                        access -> asksForTime(access) || (choosesClock(access) && !owner(access, choosers))))
                .because("a test must be able to set the time");
    }

    /** Threads are created in one place, which decides their names, their number and their end. */
    public static ArchRule makes_threads_only_in(String... makers) {
        return noClasses()
                .should()
                .accessTargetWhere(describe(
                        "makes threads or borrows those of the whole JVM",
                        access -> makesThreads(access) && !owner(access, makers)))
                .because("the host decides how many threads there are, and waits for them when it stops");
    }

    /** The only way out is the logger. The classes named in {@code programs} are started from a command line, and talk to it. */
    public static ArchRule prints_nothing(String... programs) {
        return noClasses()
                .should()
                .accessTargetWhere(
                        describe("prints past the logger", access -> prints(access) && !owner(access, programs)))
                .because("the host decides where lines go");
    }

    /** Packages depend on one another in one direction. */
    public static ArchRule has_no_circle_of_packages() {
        return slices().assignedFrom(PACKAGES).should().beFreeOfCycles();
    }

    private static final SliceAssignment PACKAGES = new SliceAssignment() {
        @Override
        public SliceIdentifier getIdentifierOf(JavaClass javaClass) {
            return javaClass.getPackageName().startsWith("io.autorecharge")
                    ? SliceIdentifier.of(javaClass.getPackageName())
                    : SliceIdentifier.ignore();
        }

        @Override
        public String getDescription() {
            return "packages";
        }
    };

    private static boolean isPrimitive(JavaClass javaClass) {
        return javaClass.getBaseComponentType().isPrimitive();
    }

    private static boolean asksForTime(JavaAccess<?> access) {
        return calls(access, System.class, Set.of("currentTimeMillis"))
                || (access.getTargetOwner().getPackageName().equals("java.time")
                        && access.getName().equals("now")
                        && !parameters(access).contains(Clock.class.getName()))
                || (access.getTargetOwner().isEquivalentTo(Date.class)
                        && access.getName().equals("<init>")
                        && parameters(access).isEmpty())
                || calls(access, Calendar.class, Set.of("getInstance"));
    }

    private static boolean choosesClock(JavaAccess<?> access) {
        return access.getTargetOwner().isEquivalentTo(Clock.class)
                && (access.getName().startsWith("system")
                        || access.getName().startsWith("tickM")
                        || access.getName().startsWith("tickS"));
    }

    private static boolean makesThreads(JavaAccess<?> access) {
        JavaClass target = access.getTargetOwner();
        return (target.isAssignableTo(Thread.class) && access.getName().equals("<init>"))
                || target.isAssignableTo(Timer.class)
                || target.isAssignableTo(ForkJoinPool.class)
                || target.isAssignableTo(ThreadPoolExecutor.class)
                || target.isAssignableTo(ScheduledThreadPoolExecutor.class)
                || target.isEquivalentTo(Executors.class)
                || access.getName().equals("parallelStream")
                || (target.isEquivalentTo(CompletableFuture.class)
                        && access.getName().endsWith("Async")
                        && !parameters(access).contains("java.util.concurrent.Executor"));
    }

    private static boolean prints(JavaAccess<?> access) {
        return calls(access, System.class, Set.of("out", "err"))
                || (access.getName().equals("printStackTrace")
                        && parameters(access).isEmpty());
    }

    private static boolean calls(JavaAccess<?> access, Class<?> type, Set<String> names) {
        return access.getTargetOwner().isEquivalentTo(type) && names.contains(access.getName());
    }

    private static List<String> parameters(JavaAccess<?> access) {
        return access.getTarget() instanceof CodeUnitAccessTarget target
                ? target.getRawParameterTypes().stream().map(JavaClass::getName).toList()
                : List.of();
    }

    private static boolean owner(JavaAccess<?> access, String... names) {
        String origin = access.getOriginOwner().getName();
        return Arrays.stream(names).anyMatch(name -> origin.equals(name) || origin.startsWith(name + "$"));
    }
}
