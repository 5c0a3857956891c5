package io.autorecharge.examples.demo;

import io.autorecharge.AutoRecharge;
import io.autorecharge.stripe.simulator.StripeSimulator;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.provisioning.UserDetailsManager;

/** The demo as a user starts it, on a port of its own and with an empty database of its own where the properties name none. */
final class DemoApp implements AutoCloseable {
    private final ConfigurableApplicationContext context;
    private final URI base;

    private DemoApp(ConfigurableApplicationContext context, int port) {
        this.context = context;
        this.base = URI.create("http://localhost:" + port);
    }

    static DemoApp start() {
        return start(Map.of());
    }

    /** @param properties as on the command line, without the dashes; they win over what the tests need and the demo sets */
    static DemoApp start(Map<String, String> properties) {
        int port = freePort();
        Map<String, String> all = new LinkedHashMap<>();
        all.put("server.port", String.valueOf(port));
        all.put("spring.datasource.url", "jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
        all.put("spring.main.banner-mode", "off");
        all.put("logging.level.root", "warn");
        all.put("autorecharge.stripe.secret-key", "");
        all.put("autorecharge.stripe.webhook-secret", "");
        all.putAll(properties);
        String[] arguments = all.entrySet().stream()
                .map(property -> "--" + property.getKey() + "=" + property.getValue())
                .toArray(String[]::new);
        return new DemoApp(
                DemoApplication.create().run(arguments), Integer.parseInt(String.valueOf(all.get("server.port"))));
    }

    /** Below the ports that outgoing connections are given, so that none of those takes it before the application does. */
    private static int freePort() {
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(12_000, 32_000);
            try (ServerSocket free = new ServerSocket(port, 1, InetAddress.getByName(null))) {
                return free.getLocalPort();
            } catch (IOException taken) {
                continue;
            }
        }
        throw new IllegalStateException("no free port among a hundred");
    }

    /** A new user, whose password is the name. */
    String newUser() {
        String name = "user-" + UUID.randomUUID();
        context.getBean(UserDetailsManager.class)
                .createUser(User.withUsername(name)
                        .password("{noop}" + name)
                        .roles("USER")
                        .build());
        return name;
    }

    URI url(String path) {
        return base.resolve(path);
    }

    ConfigurableApplicationContext context() {
        return context;
    }

    AutoRecharge autoRecharge() {
        return context.getBean(AutoRecharge.class);
    }

    StripeSimulator stripe() {
        return context.getBean(StripeSimulator.class);
    }

    @Override
    public void close() {
        context.close();
    }
}
