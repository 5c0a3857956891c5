package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.Processes;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The test kits contain what a host may use, and nothing of this project's own tests. */
@Tag("process")
class TestkitJarsTest {
    private static final List<String> PACKAGES =
            List.of("io/autorecharge/testkit/", "io/autorecharge/stripe/simulator/", "io/autorecharge/spring/testkit/");

    @TempDir
    private Path folder;

    static List<Path> testkits() {
        return PublishedJars.testkits();
    }

    @ParameterizedTest
    @MethodSource("testkits")
    void contain_no_tests_and_nothing_that_configures_the_tests_of_a_host(Path jar) throws IOException {
        List<String> entries = new ArrayList<>();
        try (JarFile file = new JarFile(jar.toFile())) {
            file.stream().filter(it -> !it.isDirectory()).forEach(it -> entries.add(it.getName()));
        }

        assertThat(entries)
                .filteredOn(name -> !name.startsWith("META-INF/maven/"))
                .hasSizeGreaterThan(5)
                .allMatch(name -> name.equals("META-INF/MANIFEST.MF")
                        || name.equals("META-INF/spring.factories")
                        || (name.endsWith(".class") && PACKAGES.stream().anyMatch(name::startsWith)))
                .noneMatch(name -> name.matches(".*Test(\\$.*)?\\.class"));
    }

    @ParameterizedTest
    @MethodSource("testkits")
    void need_only_the_class_path_of_this_module(Path jar) throws Exception {
        String classPath =
                PublishedJars.classPath().stream().map(Path::toString).collect(Collectors.joining(File.pathSeparator));
        try (Processes processes = new Processes(RunningApp::assertNoSecrets)) {
            Processes.Run missing = processes.run(
                    List.of(
                            PublishedJars.tool("jdeps"),
                            "--missing-deps",
                            "--multi-release",
                            "base",
                            "--class-path",
                            classPath,
                            jar.toString()),
                    Map.of(),
                    folder);

            assertThat(missing.exitCode()).as(missing.output()).isZero();
            // A package's annotation, which no JVM needs.
            assertThat(missing.output().lines().skip(1))
                    .allMatch(line -> line.matches(".*\\.package-info +-> org\\.jspecify\\.annotations\\..*"));
        }
    }

    @Test
    void replace_the_test_jars() {
        assertThat(PublishedJars.classPath())
                .extracting(entry -> entry.toString().replace('\\', '/'))
                .noneMatch(entry -> entry.matches(".*/autorecharge-(core|jdbc|stripe|spring-starter)"
                        + "(/target/test-classes|-[^/]*-tests\\.jar)"));
    }
}
