package com.example.reports;

import static org.assertj.core.api.Assertions.assertThat;

import io.autorecharge.examples.plain.RunnableJar;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The library's jars as hosts get them, found on the class path of this test. */
final class PublishedJars {
    static final List<String> MODULES =
            List.of("autorecharge-core", "autorecharge-jdbc", "autorecharge-stripe", "autorecharge-spring-starter");

    private static final Pattern MODULE_NAME =
            Pattern.compile("<Automatic-Module-Name>([^<]+)</Automatic-Module-Name>");

    private PublishedJars() {}

    /** All entries of the class path. */
    static List<Path> classPath() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator)).map(Path::of).toList();
    }

    /** The test kits. They are jars in every phase of the build, because a class path names them by their classifier. */
    static List<Path> testkits() {
        List<Path> found = classPath().stream()
                .filter(entry -> entry.getFileName().toString().endsWith("-testkit.jar"))
                .toList();
        assertThat(found).as("test kits on %s", classPath()).hasSize(3);
        return found;
    }

    /**
     * The jar of a module. Before the phase package there is none; then this packs the compiled classes, with the manifest entry that the
     * module's pom defines.
     */
    static Path jar(String artifact, Path folder) throws IOException {
        Pattern name = Pattern.compile(
                ".*[/\\\\]" + artifact + "([/\\\\]target[/\\\\]classes|-[0-9][^/\\\\]*(?<!-testkit)\\.jar)");
        Path entry = classPath().stream()
                .filter(it -> name.matcher(it.toString()).matches())
                .findFirst()
                .orElseThrow(() -> new AssertionError(artifact + " is not on " + classPath()));
        return Files.isDirectory(entry) ? pack(artifact, entry, folder.resolve(artifact + ".jar")) : entry;
    }

    private static Path pack(String artifact, Path classes, Path jar) throws IOException {
        Matcher module = MODULE_NAME.matcher(Files.readString(Path.of("..", "..", artifact, "pom.xml")));
        assertThat(module.find()).as("module name of %s", artifact).isTrue();
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.getMainAttributes().putValue("Automatic-Module-Name", module.group(1));
        try (OutputStream file = Files.newOutputStream(jar);
                JarOutputStream out = new JarOutputStream(file, manifest);
                Stream<Path> files = Files.walk(classes)) {
            for (Path each : files.filter(Files::isRegularFile).toList()) {
                out.putNextEntry(
                        new JarEntry(classes.relativize(each).toString().replace('\\', '/')));
                Files.copy(each, out);
            }
        }
        return jar;
    }

    /** A program of the JDK that runs this test. */
    static String tool(String name) {
        return Path.of(RunnableJar.JAVA).resolveSibling(name).toString();
    }
}
