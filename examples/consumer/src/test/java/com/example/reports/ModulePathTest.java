package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.Processes;
import java.io.File;
import java.io.IOException;
import java.lang.module.ModuleFinder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The jars on the module path of a modular host. */
@Tag("process")
class ModulePathTest {
    private static final List<String> LIBRARIES = List.of(
            "stripe-java-", "gson-", "slf4j-api-", "spring-core-", "spring-context-", "spring-boot-3", "spring-boot-4");

    private static final String MODULE = """
            module com.example.modular {
                requires io.autorecharge.core;
                requires io.autorecharge.jdbc;
                requires io.autorecharge.stripe;
                requires io.autorecharge.spring.starter;
                requires java.sql;
            }
            """;

    private static final String MAIN = """
            package com.example.modular;

            import io.autorecharge.AutoRecharge;
            import io.autorecharge.credit.Money;
            import io.autorecharge.jdbc.JdbcStore;
            import io.autorecharge.policy.CreditPackage;
            import io.autorecharge.policy.PackageCatalog;
            import io.autorecharge.policy.RechargePolicy;
            import io.autorecharge.spring.AutoRechargeAutoConfiguration;
            import io.autorecharge.stripe.StripeSettings;

            public class Main {
                public static void main(String[] arguments) {
                    RechargePolicy.ofDefaults(PackageCatalog.of(new CreditPackage(100, Money.of("9.00", "USD"))));
                    StripeSettings.builder("sk_test_1", "https://shop.example/paid", "https://shop.example/cart").build();
                    for (Class<?> type : new Class<?>[] {
                        AutoRecharge.class, JdbcStore.class, StripeSettings.class, AutoRechargeAutoConfiguration.class
                    }) {
                        System.out.println(type.getModule().getName());
                    }
                }
            }
            """;

    @TempDir
    private Path folder;

    private final List<Path> jars = new ArrayList<>();

    @BeforeEach
    void findJars() throws IOException {
        for (String artifact : PublishedJars.MODULES) {
            jars.add(PublishedJars.jar(artifact, folder));
        }
    }

    @Test
    void a_modular_host_compiles_and_runs() throws Exception {
        Path sources = Files.createDirectories(folder.resolve("src/com/example/modular"));
        Path module = Files.writeString(folder.resolve("src/module-info.java"), MODULE);
        Path main = Files.writeString(sources.resolve("Main.java"), MAIN);
        Path classes = folder.resolve("classes");
        List<Path> path = new ArrayList<>(jars);
        PublishedJars.classPath().stream()
                .filter(entry -> LIBRARIES.stream()
                        .anyMatch(it -> entry.getFileName().toString().startsWith(it)))
                .forEach(path::add);
        String modulePath = path.stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try (Processes processes = new Processes(RunningApp::assertNoSecrets)) {
            Processes.Run compiled = processes.run(
                    List.of(
                            PublishedJars.tool("javac"),
                            "-Xlint:-requires-automatic",
                            "-p",
                            modulePath,
                            "-d",
                            classes.toString(),
                            module.toString(),
                            main.toString()),
                    Map.of(),
                    folder);
            assertThat(compiled.exitCode()).as(compiled.output()).isZero();

            Processes.Run run = processes.run(
                    List.of(
                            PublishedJars.tool("java"),
                            "-p",
                            modulePath + File.pathSeparator + classes,
                            "-m",
                            "com.example.modular/com.example.modular.Main"),
                    Map.of(),
                    folder);

            assertThat(run.exitCode()).as(run.output()).isZero();
            assertThat(run.output().lines().filter(line -> line.startsWith("io.autorecharge")))
                    .containsExactly(
                            "io.autorecharge.core",
                            "io.autorecharge.jdbc",
                            "io.autorecharge.stripe",
                            "io.autorecharge.spring.starter");
        }
    }

    @Test
    void no_two_jars_share_a_package() {
        List<Path> all = new ArrayList<>(jars);
        all.addAll(PublishedJars.testkits());
        Map<String, String> owners = new HashMap<>();
        ModuleFinder.of(all.toArray(Path[]::new)).findAll().forEach(module -> {
            for (String name : module.descriptor().packages()) {
                assertThat(owners.put(name, module.descriptor().name()))
                        .as("another module with package %s, besides %s", name, module)
                        .isNull();
            }
        });

        assertThat(owners)
                .containsEntry("io.autorecharge", "io.autorecharge.core")
                .containsEntry("io.autorecharge.testkit", "io.autorecharge.core.testkit")
                .containsEntry("io.autorecharge.stripe.simulator", "io.autorecharge.stripe.testkit")
                .containsEntry("io.autorecharge.spring.testkit", "io.autorecharge.spring.starter.testkit");
    }
}
