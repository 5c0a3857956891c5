package com.example.shop;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** The application before the adoption, derived from the current files and the README, compiled and run without the library. */
final class BeforeApplication {
    private static final Pattern OF_THE_LIBRARY =
            Pattern.compile(".*[/\\\\]autorecharge-(core|jdbc|stripe|spring-starter)([/\\\\-].*)?");

    private final Path home;

    private BeforeApplication(Path home) {
        this.home = home;
    }

    static BeforeApplication in(Path home, Path module) throws IOException {
        Map<String, String> before = ReadmeDiff.before(module);
        assertThat(before).isNotEmpty();
        Path main = module.resolve("src/main");
        try (Stream<Path> files = Files.walk(main)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String name = module.relativize(file).toString().replace('\\', '/');
                String text = before.containsKey(name) ? before.get(name) : Files.readString(file);
                assertThat(text).as(name).doesNotContainIgnoringCase("autorecharge");
                String root = name.startsWith("src/main/java/") ? "src/main/java/" : "src/main/resources/";
                Path target =
                        home.resolve(root.contains("java") ? "java" : "classes").resolve(name.substring(root.length()));
                Files.createDirectories(target.getParent());
                Files.writeString(target, text);
            }
        }
        return new BeforeApplication(home).compiled();
    }

    private BeforeApplication compiled() throws IOException {
        List<String> arguments = new ArrayList<>(List.of(
                "-parameters",
                "-proc:none",
                "-classpath",
                String.join(File.pathSeparator, libraries()),
                "-d",
                home.resolve("classes").toString()));
        try (Stream<Path> files = Files.walk(home.resolve("java"))) {
            files.filter(Files::isRegularFile).map(Path::toString).forEach(arguments::add);
        }
        int result = ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments.toArray(String[]::new));
        assertThat(result).as("the compiler's result").isZero();
        return this;
    }

    /** Runs the given work while the application runs. */
    void during(List<String> arguments, Work work) throws Exception {
        List<URL> urls = new ArrayList<>(List.of(home.resolve("classes").toUri().toURL()));
        for (String library : libraries()) {
            urls.add(Path.of(library).toUri().toURL());
        }
        Thread thread = Thread.currentThread();
        ClassLoader usual = thread.getContextClassLoader();
        try (URLClassLoader loader =
                new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
            thread.setContextClassLoader(loader);
            // A JVM accepts one URL handler, and the current application registers its own.
            loader.loadClass("org.apache.catalina.webresources.TomcatURLStreamHandlerFactory")
                    .getMethod("disable")
                    .invoke(null);
            Class<?> main = loader.loadClass("com.example.shop.ShopApplication");
            try (AutoCloseable context = (AutoCloseable) loader.loadClass("org.springframework.boot.SpringApplication")
                    .getMethod("run", Class.class, String[].class)
                    .invoke(null, main, arguments.toArray(String[]::new))) {
                Object environment =
                        context.getClass().getMethod("getEnvironment").invoke(context);
                Object port = Class.forName("org.springframework.core.env.PropertyResolver", true, loader)
                        .getMethod("getProperty", String.class)
                        .invoke(environment, "local.server.port");
                work.on("http://localhost:" + port);
            }
        } finally {
            thread.setContextClassLoader(usual);
        }
    }

    /** Work with a running application. */
    @FunctionalInterface
    interface Work {
        void on(String address) throws Exception;
    }

    private static List<String> libraries() {
        String all = System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
        return Stream.of(all.split(File.pathSeparator))
                .filter(entry -> entry.endsWith(".jar"))
                .filter(entry -> !OF_THE_LIBRARY.matcher(entry).matches())
                .collect(Collectors.toList());
    }
}
